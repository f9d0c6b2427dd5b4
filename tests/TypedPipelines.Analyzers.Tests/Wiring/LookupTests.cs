namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>The key of a lookup: the row's key member, or the tuple of its key members.</summary>
public class LookupTests
{
    private static string With(string key) => $$"""
        public sealed record Place([property: Key] int Country, [property: Key] string Code, string Name);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Source] static IEnumerable<Place> Places() => [];
            [Step] static Row Join(Row row, RowLookup<{{key}}, Place> [|places|]) => row;
        }
        """;

    [Theory]
    [InlineData("(int, string)")]
    [InlineData("(int Country, string Code)")]
    [InlineData("ValueTuple<int, string>")]
    public Task A_tuple_of_all_key_members(string key) => Expect.NothingAsync(MarkedCode.Parse(With(key)).Text);

    [Theory]
    [InlineData("int", "int")]
    [InlineData("(string, int)", "(string, int)")]
    [InlineData("(int, string, string)", "(int, string, string)")]
    public Task Any_other_key(string key, string shown) => Expect.OnlyAsync(
        "TP4007", With(key), $"'places' cannot be wired: the key of Place is (int Country, string Code), not {shown}");

    private static string OfTwo(string parameters, string more = "") => $$"""
        public sealed record Place([property: Key] int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Source] static IEnumerable<Place> Old() => [];
            [Source] static IEnumerable<Place> New() => [];
            [Step] static Row Join(Row row, {{parameters}}) => row;
            {{more}}
        }
        """;

    [Fact]
    public Task Several_that_give_the_rows_are_told_apart_as_those_of_a_step_are() => Expect.NothingAsync(
        OfTwo("[From(nameof(Old))] RowLookup<int, Place> before, [From(nameof(New))] RowLookup<int, Place> after"));

    [Fact]
    public Task Several_that_give_the_rows_and_none_is_named() => Expect.OnlyAsync(
        "TP4004",
        OfTwo("RowLookup<int, Place> [|places|]"),
        "Rows of type Place come from several methods (Old, New): [From(nameof(...))] says which of them a parameter means, and a table is loaded from one only");

    [Fact]
    public Task One_that_does_not_give_the_rows_is_named() => Expect.OnlyAsync(
        "TP4003",
        OfTwo("[From(nameof(Old))] RowLookup<int, Place> before, [From(nameof(New))] RowLookup<int, Place> after, [From([|nameof(Read)|])] RowLookup<int, Place> other"),
        "Nothing in this pipeline gives rows of type Place: 'Read' is not a source or step that gives it");

    [Theory]
    [InlineData("[Step] static Row Again([From(\"Join\")] Row row, [[|From(\"Old\")|]] RunContext run) => row;", "run")]
    [InlineData("[SqlStep] static Sql<Sum> Add([[|From(\"Old\")|]] Table<Other> others) => $\"select id from {others}\";", "others")]
    public Task What_takes_no_rows_of_a_step_names_none(string step, string parameter) => Expect.OnlyAsync(
        "TP4007",
        OfTwo("[From(nameof(Old))] RowLookup<int, Place> before, [From(nameof(New))] RowLookup<int, Place> after", step) + """
            [Merge] public sealed record Other([property: Key] int Id);
            [Merge] public sealed record Sum([property: Key] int Id);
            """,
        $"'{parameter}' cannot be wired: [From] says which step gives the rows of a parameter, and this takes none from a step; leave it out");

    [Fact]
    public Task One_key_of_another_type() => Expect.OnlyAsync("TP4007", """
        public sealed record Place([property: Key] int? Id);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Source] static IEnumerable<Place> Places() => [];
            [Step] static Row Join(Row row, RowLookup<int, Place> [|places|]) => row;
        }
        """, "'places' cannot be wired: the key of Place is int?, and nothing is looked up by null; make Id non-nullable");
}
