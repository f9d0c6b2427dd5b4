using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What reads a table is loaded with it, and no more of it than the load changes.</summary>
public sealed class DownstreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task S52_a_backfill_with_what_reads_it_loads_again_what_it_changes_and_nothing_else(int parallel)
    {
        using var stage = new Stage();
        stage.AddPipeline<RidesPipeline>().AddPipeline<CityDaysPipeline>().AddPipeline<CityMonthsPipeline>();
        Feed.Set<Ride>(partition => [Ride(partition, 5)]);
        await RunAsync(stage, new BackfillRequest(["rides", "city-days"], null, "2026-02-28"), parallel);
        await RunAsync(stage, new BackfillRequest(["city-months"], null, "2026-02"), parallel);
        Feed.Set<Ride>(partition => [Ride(partition, partition.Key == "2026-01-30" ? 7 : 5)]);

        IReadOnlyList<PartitionResult> results = await RunAsync(stage, new BackfillRequest(["rides"], "2026-01-29", "2026-01-30", Force: true) { Downstream = true }, parallel);

        results.Where(result => result.Status == PartitionStatus.Loaded).Select(result => $"{result.Planned.Pipeline.Descriptor.Name} {result.Planned.Partition.Key}").ShouldBe(
            ["rides 2026-01-29", "rides 2026-01-30", "city-days 2026-01-29", "city-days 2026-01-30", "city-months 2026-01"], ignoreOrder: parallel > 1);
        stage.Table("city_month", "month, fares").ShouldBe("2026-01-01|157\n2026-02-01|140");
        (await stage.Ledger.GetPartitionsAsync("city-months", CancellationToken.None)).ShouldAllBe(entry => entry.State == PartitionState.Complete);
    }

    private static Ride Ride(Partition day, decimal fare) => new(DateOnly.FromDateTime(day.Start.DateTime), 1, "Ulm", fare, day.Start);

    private static async Task<IReadOnlyList<PartitionResult>> RunAsync(Stage stage, BackfillRequest request, int parallel)
    {
        IReadOnlyList<PlannedPartition> plan = await stage.Planner.PlanAsync(request, CancellationToken.None);
        IReadOnlyList<PartitionResult> results = await stage.RunAsync(plan, new RunOptions { Parallel = parallel, LockWait = TimeSpan.Zero }, CancellationToken.None);
        results.ShouldAllBe(result => result.Failure == null);
        return results;
    }
}
