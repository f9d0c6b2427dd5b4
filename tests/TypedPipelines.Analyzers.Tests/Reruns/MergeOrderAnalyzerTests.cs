namespace TypedPipelines.Analyzers.Tests.Reruns;

public class MergeOrderAnalyzerTests
{
    [Fact]
    public Task Windows_that_share_keys_need_to_know_which_row_is_newer() => Expect.OnlyAsync(
        "TP1012",
        Pipeline("[Merge]", "[property: Key] int Id, DateTime UpdatedAt", "[DailyPartitions(\"2001-01-01\")]", mark: true),
        "Row is merged by key with no Version, and pipeline 'p' is cut into windows: a window that is run again overwrites what later ones have loaded; name the column that says which row is the newer, as in [Merge(Version = nameof(Row.UpdatedAt))]");

    [Theory]
    [InlineData("[Merge(Version = nameof(UpdatedAt))]", "[property: Key] int Id, DateTime UpdatedAt", "[DailyPartitions(\"2001-01-01\")]")]
    [InlineData("[Merge]", "[property: Key] int Id, DateTime UpdatedAt", "")]
    [InlineData("[Merge]", "[property: Key] DateOnly Day, [property: Key] int Id", "[DailyPartitions(\"2001-01-01\")]")]
    public Task A_version_a_key_of_the_window_or_one_window(string strategy, string columns, string partitions) => Expect.NothingAsync(Pipeline(strategy, columns, partitions, mark: false));

    private static string Pipeline(string strategy, string columns, string partitions, bool mark) => $$"""
        {{strategy}} public sealed record Row({{columns}});
        public sealed record Raw(int Id);

        [Pipeline("p")]
        {{partitions}}
        public sealed partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Step] static Row {{(mark ? "[|Clean|]" : "Clean")}}(Raw raw) => throw new NotSupportedException();
        }
        """;
}
