namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>Schedules that no cron reads, or not every cron alike, are told on the text.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("", "'' has 0 fields, and a schedule has five: minute, hour, day of the month, month and day of the week, as 0 6 * * *")]
    [InlineData("0 0 6 * * ?", "'0 0 6 * * ?' has 6 fields, and a schedule has five: minute, hour, day of the month, month and day of the week, as 0 6 * * *")]
    [InlineData("@daily", "'@daily' has 1 fields, and a schedule has five: minute, hour, day of the month, month and day of the week, as 0 6 * * *")]
    [InlineData("60 * * * *", "the minute '60' has a part that is none: '60' (a number from 0 to 59, a range, * or a list of them)")]
    [InlineData("0 24 * * *", "the hour '24' has a part that is none: '24' (a number from 0 to 23, a range, * or a list of them)")]
    [InlineData("0 6 L * *", "the day of the month 'L' has a part that is none: 'L' (a number from 1 to 31, a range, * or a list of them)")]
    [InlineData("0 6 0 * *", "the day of the month '0' has a part that is none: '0' (a number from 1 to 31, a range, * or a list of them)")]
    [InlineData("0 6 * MAI *", "the month 'MAI' has a part that is none: 'MAI' (a number from 1 to 12, JAN to DEC, a range, * or a list of them)")]
    [InlineData("0 6 * * 8", "the day of the week '8' has a part that is none: '8' (a number from 0 to 7, SUN to SAT, a range, * or a list of them)")]
    [InlineData("0 6 * * 1,", "the day of the week '1,' has a part that is none: '' (a number from 0 to 7, SUN to SAT, a range, * or a list of them)")]
    [InlineData("0 22-2 * * *", "the hour '22-2' has a range that ends before it begins: '22-2'")]
    [InlineData("*/0 * * * *", "the minute '*/0' has no step that can be taken: '0'")]
    [InlineData("*/60 * * * *", "the minute '*/60' has no step that can be taken: '60'")]
    [InlineData("5/15 * * * *", "the minute '5/15' has a step without a range; write 5-59/15")]
    [InlineData("0 6 30,31 2 *", "no such month has a day 30")]
    [InlineData("0 6 */2 * MON", "crons differ in what the days '*/2' and 'MON' of month and week mean together; list the days of one of them, or leave it *")]
    public Task A_schedule_that_cannot_be_kept(string cron, string wrong) => Expect.OnlyAsync("TP4035", $$"""
        [Merge] public sealed record Row([property: Key] DateOnly Day);
        [Pipeline("p"), Schedule([|"{{cron}}"|])] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, $"The pipeline's schedule cannot be kept: {wrong}");

    [Theory]
    [InlineData("0 6 * * *")]
    [InlineData("*/15 8-17 * * MON-FRI")]
    [InlineData("  5,35   0-23/2 1,15 JAN-mar,12 *")]
    [InlineData("0 0 13 * 5-7")]
    [InlineData("0 0 29 2 *")]
    public Task A_schedule(string cron) => Expect.NothingAsync($$"""
        [Merge] public sealed record Row([property: Key] DateOnly Day);
        [Pipeline("p"), Schedule("{{cron}}", TimeZone = "Europe/Berlin")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """);
}
