namespace TypedPipelines.Analyzers.Tests.Units;

/// <summary>TP3002: steps that do two things.</summary>
public class MixedStepTests
{
    [Fact]
    public Task A_step_over_the_set_that_parses_and_groups() => Expect.OnlyAsync("TP3002", Sums("""
        IEnumerable<Total> [|Sum|](IEnumerable<Line> lines) =>
            lines.GroupBy(line => line.Shop).Select(group => new Total(group.Key, group.Sum(line => decimal.Parse(line.Amount, System.Globalization.CultureInfo.InvariantCulture))))
        """), "'Sum' parses ('decimal.Parse') and aggregates ('GroupBy'); parse in a step before it, where a bad row is told apart from a wrong sum");

    [Theory]
    [InlineData("IEnumerable<Total> Sum(IEnumerable<Line> lines) => lines.GroupBy(line => line.Shop).Select(group => new Total(group.Key, group.Count()))")]
    [InlineData("Total Sum(Line line) => new(line.Shop, line.Amount.Split('+').Select(part => decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).Aggregate(0m, (a, b) => a + b))")]
    [InlineData("IEnumerable<Total> Sum(IEnumerable<Line> lines) => lines.Select(line => new Total(line.Shop, decimal.Parse(line.Amount, System.Globalization.CultureInfo.InvariantCulture)))")]
    [InlineData("IEnumerable<Total> Sum(IEnumerable<Line> lines) => lines.GroupBy(line => line.Shop).Select(group => new Total(group.Key, decimal.Parse(\"1.5\", System.Globalization.CultureInfo.InvariantCulture)))")]
    public Task One_thing(string step) => Expect.NothingAsync(Sums(step));

    private static string Sums(string step) => $$"""
        public sealed record Line(string Shop, string Amount);

        [Merge] public sealed record Total([property: Key] string Shop, [property: Precision(18, 2)] decimal Amount);

        [Pipeline("sums")]
        public sealed partial class Sums
        {
            [Source] static IEnumerable<Line> Read() => [];

            [Step] static {{step}};
        }
        """;
}
