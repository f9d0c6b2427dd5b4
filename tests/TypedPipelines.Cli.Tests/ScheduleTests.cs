using System.Globalization;
using TypedPipelines.Schedules;
using TypedPipelines.Scheduling;

namespace TypedPipelines.Cli.Tests;

/// <summary>When a schedule comes due, by Quartz.NET: also on the days on which a zone's clock is turned.</summary>
public sealed class ScheduleTests
{
    private readonly QuartzPipelineScheduler _scheduler = new(TimeProvider.System);

    [Theory]
    [InlineData("the hour that is skipped comes once, when the clock has jumped", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z")]
    [InlineData("the hour that comes twice counts once, the first time", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("what comes every half hour goes on through the skipped hour", "*/30 * * * *", "2026-03-29T00:20:00Z", "2026-03-29T00:30:00Z 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z")]
    [InlineData("and in both of the repeated ones", "*/30 * * * *", "2026-10-25T00:20:00Z", "2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z")]
    [InlineData("either day is enough", "0 6 13 * FRI", "2026-01-10T00:00:00Z", "2026-01-13T05:00:00Z 2026-01-16T05:00:00Z")]
    [InlineData("7 is Sunday", "0 6 * * 7", "2026-01-10T00:00:00Z", "2026-01-11T05:00:00Z")]
    [InlineData("a range of steps", "5-59/20 8-9 * JAN *", "2026-01-10T00:00:00Z", "2026-01-10T07:05:00Z 2026-01-10T07:25:00Z 2026-01-10T07:45:00Z 2026-01-10T08:05:00Z")]
    public void The_next_times(string what, string cron, string after, string expected)
    {
        var schedule = new PipelineSchedule(cron, "Europe/Berlin");
        DateTimeOffset at = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        foreach (string each in expected.Split(' '))
        {
            DateTimeOffset next = _scheduler.NextAfter(schedule, at).ShouldNotBeNull(what);
            next.ShouldBe(DateTimeOffset.Parse(each, CultureInfo.InvariantCulture), what);
            // A process that starts at that instant, or before the next, was to run it.
            _scheduler.LastUntil(schedule, next).ShouldBe(next, what);
            _scheduler.LastUntil(schedule, next.AddSeconds(59)).ShouldBe(next, what);
            at = next;
        }
    }

    [Fact]
    public void A_text_that_is_none_says_what_one_looks_like() =>
        Should.Throw<PipelineException>(() => _scheduler.NextAfter(new PipelineSchedule("at six"), DateTimeOffset.UnixEpoch)).Message
            .ShouldContain("the schedule 'at six' cannot be read");

    [Fact]
    public void A_time_zone_that_is_none_says_so() =>
        Should.Throw<PipelineException>(() => new PipelineSchedule("0 6 * * *", "Atlantis/Capital")).Message.ShouldContain("Atlantis/Capital");
}
