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
