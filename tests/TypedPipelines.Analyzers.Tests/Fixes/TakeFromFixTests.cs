using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class TakeFromFixTests
{
    private const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id, string Name);

        """;

    private static string Pipeline(string members, string attributes = "") => Rows + $$"""
        {{attributes}}[Pipeline("p")] public partial class P
        {
            {{members}}
        }
        """;

    private const string Two = "[Source] static IEnumerable<Raw> One() => []; [Step] static Raw Two([From(nameof(One))] Raw raw) => raw; ";

    [Theory]
    [InlineData("Raw raw", "[From(nameof(Two))] Raw raw")]
    [InlineData("/* which? */ Raw raw, Partition all", "/* which? */ [From(nameof(Two))] Raw raw, Partition all")]
    [InlineData("IEnumerable<Raw> raw", "[From(nameof(Two))] IEnumerable<Raw> raw")]
    public async Task Where_several_give_the_rows_each_that_comes_out_right_is_offered(string before, string after)
    {
        string returns = before.StartsWith("IEnumerable", StringComparison.Ordinal) ? "IEnumerable<Row>" : "Row";
        string value = returns == "Row" ? "new(raw.Id, \"\")" : "[]";

        IReadOnlyDictionary<string, string> offered = await FixRunner.OfferedAsync(new TakeFromFix(), Pipeline(Two + $"[Step] static {returns} Make({before}) => {value};"));

        offered.Keys.ShouldBe(["Take the rows of 'Two'"], "to take those of One would leave those of Two to nobody");
        offered["Take the rows of 'Two'"].ShouldBe(Pipeline(Two + $"[Step] static {returns} Make({after}) => {value};"));
        await FixRunner.ShouldBeCleanAsync(offered["Take the rows of 'Two'"]);
    }

    [Theory]
    [InlineData("[From(\"Reed\")] Raw raw", "[From(nameof(Read))] Raw raw")]
    [InlineData("[FromAttribute(\"Reed\")] Raw raw", "[FromAttribute(nameof(Read))] Raw raw")]
    public async Task A_name_that_gives_no_such_rows_is_replaced(string before, string after)
    {
        const string Read = "[Source] static IEnumerable<Raw> Read() => []; ";

        string? text = await FixRunner.FixAsync(new TakeFromFix(), Pipeline(Read + $"[Step] static Row Make({before}) => new(raw.Id, raw.Name);"));

        text.ShouldNotBeNull().ShouldBe(Pipeline(Read + $"[Step] static Row Make({after}) => new(raw.Id, raw.Name);"));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task A_step_of_another_class()
    {
        const string Shared = "public static class S { [Step] internal static Raw Trim([From(\"Read\")] Raw raw) => raw; }\n[StepsFrom(typeof(S))] ";
        const string Read = "[Source] static IEnumerable<Raw> Read() => []; [Step] static Row Make({0}) => new(raw.Id, raw.Name);";

        IReadOnlyDictionary<string, string> offered = await FixRunner.OfferedAsync(new TakeFromFix(), Pipeline(Read.Replace("{0}", "Raw raw", StringComparison.Ordinal), Shared));

        offered["Take the rows of 'Trim'"].ShouldBe(Pipeline(Read.Replace("{0}", "[From(nameof(S.Trim))] Raw raw", StringComparison.Ordinal), Shared));
        await FixRunner.ShouldBeCleanAsync(offered["Take the rows of 'Trim'"]);
    }

    [Theory]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static Row Make(Raw raw) => new(raw.Id, \"\");")] // Nobody gives such rows.
    [InlineData("[Source] static IEnumerable<Raw> A() => []; [Step] static Row One(Raw raw) => new(1, \"\"); [Step] static Row Two(Raw raw) => new(1, \"\");")] // A table that two load.
    [InlineData("[Source] static IEnumerable<Row> A() => []; [Source] static IEnumerable<Part> B() => []; [Source] static IEnumerable<Part> C() => []; [Step] static Row Make(Row row, RowLookup<int, Part> parts) => row; public sealed record Part([property: Key] int Id);")] // A lookup knows no [From].
    public async Task Where_no_name_would_do_nothing_is_offered(string members) =>
        (await FixRunner.FixAsync(new TakeFromFix(), Pipeline(members))).ShouldBeNull();

    [Fact]
    public async Task All_at_once_each_gets_the_first_that_comes_out_right() => (await FixRunner.FixAllAsync(
        new TakeFromFix(), Pipeline(Two + "[Step] static Row Make(Raw raw) => new(raw.Id, raw.Name);") + "\n" + Pipeline(Two + "[Step] static Row Make(Raw raw) => new(raw.Id, raw.Name);")[Rows.Length..].Replace("P\n", "Q\n", StringComparison.Ordinal).Replace("\"p\"", "\"q\"", StringComparison.Ordinal).Replace("Row Make", "Row2 Make", StringComparison.Ordinal) + "\n[Merge] public sealed record Row2([property: Key] int Id, string Name);"))
        .Split("[From(nameof(Two))] Raw raw").Length.ShouldBe(3);
}
