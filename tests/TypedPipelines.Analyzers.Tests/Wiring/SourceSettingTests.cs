namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>What a source declares of itself is within bounds.</summary>
public class SourceSettingTests
{
    private static string With(string share) => $$"""
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source({{share}})] static CsvFiles<Row> Read() => new("x.csv");
        }
        """;

    [Theory]
    [InlineData("5", "5")]
    [InlineData("1.0001", "1.0001")]
    [InlineData("-1", "-1")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("double.PositiveInfinity", "Infinity")]
    public Task A_share_that_is_none(string share, string shown) => Expect.OnlyAsync(
        "TP4023", With($"[|MaxRejectedShare = {share}|]"), $"'Read' accepts a share of {shown} rejected rows: MaxRejectedShare goes from 0 to 1, and 0.05 is 5 %");

    [Theory]
    [InlineData("0")]
    [InlineData("0.05")]
    [InlineData("1")]
    public Task A_share(string share) => Expect.NothingAsync(With($"MaxRejectedShare = {share}"));
}
