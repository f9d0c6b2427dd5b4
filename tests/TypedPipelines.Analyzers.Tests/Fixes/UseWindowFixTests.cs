using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class UseWindowFixTests
{
    [Theory]
    [InlineData("Raw raw, DayPartition d", "At: DateTime.UtcNow", "Raw raw, DayPartition d", "At: d.Start.UtcDateTime")]
    [InlineData("Raw raw, Partition part", "Moment: DateTimeOffset.UtcNow", "Raw raw, Partition part", "Moment: part.Start")]
    [InlineData("Raw raw", "At: DateTime.UtcNow.AddDays(1)", "Raw raw, DayPartition day", "At: day.Start.UtcDateTime.AddDays(1)")]
    [InlineData("Raw raw", "Moment: System.DateTimeOffset.UtcNow", "Raw raw, DayPartition day", "Moment: day.Start")]
    [InlineData("Raw raw", "Number: new[] { 1 }.Count(n => DateTime.UtcNow.Year > n)", "Raw raw, DayPartition day", "Number: new[] { 1 }.Count(n => day.Start.UtcDateTime.Year > n)")]
    public async Task The_clock_becomes_the_window(string parameters, string argument, string fixedParameters, string fixedArgument)
    {
        string? text = await FixRunner.FixAsync(
            new UseWindowFix(), Pipelines.Daily($"=> new(raw.Day, raw.Name, {argument});", parameters: parameters));

        text.ShouldNotBeNull().ShouldBe(Pipelines.Daily($"=> new(raw.Day, raw.Name, {fixedArgument});", parameters: fixedParameters));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task Two_in_one_step_share_the_parameter() => (await FixRunner.FixAllAsync(
        new UseWindowFix(),
        Pipelines.Daily("=> new(raw.Day, raw.Name, At: DateTime.UtcNow, Moment: DateTimeOffset.UtcNow);"))).ShouldBe(
        Pipelines.Daily("=> new(raw.Day, raw.Name, At: day.Start.UtcDateTime, Moment: day.Start);", parameters: "Raw raw, DayPartition day"));

    [Theory]
    [InlineData("HourlyPartitions", "HourPartition hour", "hour", "2001-01-01")]
    [InlineData("MonthlyPartitions", "MonthPartition month", "month", "2001-01")]
    [InlineData("QuarterlyPartitions", "QuarterPartition quarter", "quarter", "2001-Q1")]
    [InlineData("YearlyPartitions", "YearPartition year", "year", "2001")]
    public async Task The_parameter_is_that_of_the_partitions(string attribute, string parameter, string name, string first)
    {
        static string Code(string attribute, string parameters, string value) => Pipelines
            .Daily($"=> new(raw.Day, raw.Name, {value});", parameters: parameters)
            .Replace("[DailyPartitions(\"2001-01-01\")]", attribute, StringComparison.Ordinal)
            .Replace("[ReplacePartition(nameof(Day))]", "[ReplacePartition(nameof(At))]", StringComparison.Ordinal);
        string start = $"[{attribute}(\"{first}\")]";

        string? text = await FixRunner.FixAsync(new UseWindowFix(), Code(start, "Raw raw", "DateTime.UtcNow"));

        text.ShouldNotBeNull().ShouldBe(Code(start, "Raw raw, " + parameter, name + ".Start.UtcDateTime"));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Theory]
    [InlineData("=> new(raw.Day, raw.Name, DateTime.Now);", "")] // Local time: which zone was meant?
    [InlineData("=> new(raw.Day, raw.Name, Id: Guid.NewGuid());", "")]
    [InlineData("=> new(raw.Day, raw.Name, At());", "static DateTime At() => DateTime.UtcNow;")] // Not the step itself.
    [InlineData("=> new(raw.Day, raw.Name, DateTime.UtcNow);", "public static Row Again(Raw raw) => Clean(raw);")] // A caller that has no partition.
    [InlineData("{ var day = 1; return new(raw.Day, raw.Name, DateTime.UtcNow, Number: day); }", "")] // The name is taken.
    [InlineData("=> new(raw.Day, raw.Name, Number: new[] { 1 }.Count(static n => DateTime.UtcNow.Year > n));", "")]
    public async Task Where_it_would_not_compile_or_not_mean_the_same_nothing_is_offered(string body, string members) =>
        (await FixRunner.FixAsync(new UseWindowFix(), Pipelines.Daily(body, members))).ShouldBeNull();

    [Fact]
    public async Task A_pipeline_without_partitions_has_no_window() => (await FixRunner.FixAsync(new UseWindowFix(), """
        [Merge] public sealed record Row([property: Key] int Id, DateTime At);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static Row Stamp(Row row) => row with { At = DateTime.UtcNow };
        }
        """)).ShouldBeNull();
}
