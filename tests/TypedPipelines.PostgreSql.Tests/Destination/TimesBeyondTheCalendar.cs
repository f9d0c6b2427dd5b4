using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Somebody else has written a date that .NET does not have; a merge that changes its row has changed all windows between it and the row's other date.</summary>
public sealed class TimesBeyondTheCalendar
{
    [Theory]
    [InlineData("'-infinity'", "'2026-01-02'", 0, 48)]
    [InlineData("'2026-01-02'", "'infinity'", 24, 72)]
    [InlineData("'-infinity'", "'infinity'", 0, 72)]
    public async Task S52_a_row_that_holds_since_or_until_infinity_makes_stale_what_was_made_of_all_hours_in_it(string since, string until, int first, int end)
    {
        using var stage = new Stage();
        stage.AddPipeline<BargainsPipeline>().AddPipeline<BargainHoursPipeline>();
        Feed.Set<Bargain>(hour => hour.Key == "2026-01-01T00:00Z" ? [new Bargain(1, new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1))] : []);
        await stage.BackfillAsync(new BackfillRequest(["bargains"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));
        stage.Execute($"update bargain set since = {since}, until = {until}");
        await stage.BackfillAsync(new BackfillRequest(["bargain-hours"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));
        stage.Query<long>("select bargains from bargain_hour order by hour").ShouldBe(Enumerable.Range(0, 72).Select(hour => hour >= first && hour < end ? 1L : 0L));

        Feed.Give(new Bargain(1, new DateOnly(2026, 1, 3), new DateOnly(2026, 1, 3)));
        (await stage.RunAsync("bargains", "2026-01-03T05:00Z")).Failure?.Message.ShouldBeNull();

        string[] stale = [.. (await stage.Ledger.GetPartitionsAsync("bargain-hours", CancellationToken.None)).Where(entry => entry.State == PartitionState.Stale).Select(entry => entry.Partition)];
        stale.ShouldContain("2026-01-02T00:00Z");
        stale.ShouldContain("2026-01-01T00:00Z", "on which side infinity lies, nobody looks");
        await stage.BackfillAsync(new BackfillRequest(["bargain-hours"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));
        stage.Query<long>("select bargains from bargain_hour order by hour").ShouldBe([.. Enumerable.Repeat(0L, 48), .. Enumerable.Repeat(1L, 24)]);
    }
}
