namespace TypedPipelines.Analyzers.Tests.Reruns;

/// <summary>TP1003 outside steps: in the rows that a source makes, and in what a row gives its own members.</summary>
public class RunDependentRowTests
{
    private static string Source(string body, string members = "") => $$"""
        [Merge] public sealed record Row([property: Key] int Id, DateTime At = default) { public string? Note { get; set; } }
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() {{body}}
            {{members}}
        }
        """;

    [Fact]
    public Task The_clock_in_a_row_that_a_source_makes() => Expect.OnlyAsync(
        "TP1003",
        Source("=> [new(1, [|DateTime.UtcNow|])];"),
        "DateTime.UtcNow gives another value on the next run, and source 'Read' uses it: run again, the same partition becomes other rows; take the time from the row or from the partition's window, such as day.Start");

    [Theory]
    [InlineData("{ yield return new Row(1) { At = [|DateTime.Now|] }; }", "")]
    [InlineData("{ var now = [|DateTime.UtcNow|]; var day = now.Date; yield return new Row(1, day); }", "")]
    [InlineData("{ var row = new Row(1); row.Note = [|Guid.NewGuid()|].ToString(); yield return row; }", "")]
    [InlineData("{ var row = new Row(1); yield return row with { At = [|DateTime.UtcNow|] }; }", "")]
    [InlineData("=> Enumerable.Range(0, 9).Select(id => new Row(id, [|DateTime.UtcNow|]));", "")]
    [InlineData("=> [Make(1)];", "static Row Make(int id) => new(id, [|DateTime.UtcNow|]);")]
    public Task In_whatever_form(string body, string members) => Expect.OnlyAsync("TP1003", Source(body, members));

    [Theory]
    [InlineData("=> DateTime.Now.Year > 2000 ? [] : [new(1)];")]
    [InlineData("{ var until = DateTime.UtcNow; for (int id = 0; id < until.Year; id++) yield return new(id); }")]
    [InlineData("{ if (Environment.GetEnvironmentVariable(\"FEED\") is null) yield break; yield return new(1); }")]
    [InlineData("{ string file = System.IO.Path.GetTempFileName(); foreach (var line in System.IO.File.ReadLines(file)) yield return new(line.Length); }")]
    public Task A_source_may_ask_what_to_read_and_where(string body) => Expect.NothingAsync(Source(body));

    [Fact]
    public Task Rows_that_are_not_loaded() => Expect.NothingAsync("""
        public sealed record Raw(int Id, DateTime At);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [new(1, DateTime.UtcNow)];
            [Step] static Row Clean(Raw raw) => new(raw.Id);
        }
        """);

    [Fact]
    public Task A_member_that_a_row_stamps_itself() => Expect.OnlyAsync(
        "TP1003",
        "[Merge] public sealed record Row([property: Key] int Id) { public DateTime At { get; init; } = [|DateTime.UtcNow|]; }",
        "DateTime.UtcNow gives another value on the next run, and row 'Row' uses it: run again, the same partition becomes other rows; take the time from the row or from the partition's window, such as day.Start");

    [Fact]
    public Task A_constructor_that_stamps_its_row() => Expect.OnlyAsync("TP1003", """
        [Merge] public sealed class Row
        {
            public Row(int id) { Id = id; At = [|DateTime.UtcNow|]; }
            [Key] public int Id { get; }
            public DateTime At { get; set; }
        }
        """);

    [Fact]
    public Task What_of_a_row_is_no_column() => Expect.NothingAsync("""
        [Merge] public sealed record Row([property: Key] int Id)
        {
            static DateTime Started { get; set; } = DateTime.UtcNow;
            [System.ComponentModel.DataAnnotations.Schema.NotMapped] public DateTime At { get; init; } = DateTime.UtcNow;
            public int Age() => DateTime.UtcNow.Year - Id;
        }
        public sealed record Other { public DateTime At { get; init; } = DateTime.UtcNow; }
        """);
}
