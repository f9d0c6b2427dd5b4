using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>A backfill of several partitions at the same time leaves what one of them after the other leaves.</summary>
public sealed class ParallelBackfillTests
{
    private static readonly RunOptions Four = new() { Parallel = 4, LockWait = TimeSpan.Zero };

    [Fact]
    public async Task Windows_that_are_replaced_are_loaded_at_the_same_time_and_each_once()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        using var all = new Barrier(4);
        int together = 0;
        Feed.Set<Stock>(partition =>
        {
            Interlocked.Add(ref together, all.SignalAndWait(TimeSpan.FromSeconds(60)) ? 1 : 0);
            return [new Stock("a", partition.Start.Day), new Stock("b", partition.Start.Day)];
        });

        IReadOnlyList<PartitionResult> results = await BackfillAsync(stage, "stock", "2026-01-01", "2026-01-08");

        results.Select(result => (result.Planned.Partition.Key, result.Status)).ShouldBe(
            Enumerable.Range(1, 8).Select(day => ($"2026-01-0{day}", PartitionStatus.Loaded)), ignoreOrder: true);
        together.ShouldBe(8, "four sources waited for each other, twice");
        stage.Table("stock", "as_of, sku, quantity").ShouldBe(
            string.Join('\n', Enumerable.Range(1, 8).SelectMany(day => new[] { $"2026-01-0{day}|a|{day}", $"2026-01-0{day}|b|{day}" })));
    }

    [Fact]
    public async Task Where_the_order_matters_partitions_come_one_after_the_other()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        int at = 0;
        Feed.Set<Booking>(partition =>
        {
            Interlocked.Increment(ref at).ShouldBe(1);
            Interlocked.Decrement(ref at);
            return [new Booking(1, DateOnly.FromDateTime(partition.Start.DateTime), partition.Key)];
        });

        IReadOnlyList<PartitionResult> results = await BackfillAsync(stage, "bookings", "2026-01-01", "2026-01-05");

        results.ShouldAllBe(result => result.Failure == null);
        stage.Told.ShouldBe(Enumerable.Range(1, 5).SelectMany(day => new[] { $"2026-01-0{day} begins", $"2026-01-0{day} ends" }));
        stage.Table("booking", "id, guest").ShouldBe("1|2026-01-05");
    }

    [Fact]
    public async Task One_that_fails_leaves_the_others_to_their_end()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Set<Stock>(partition => partition.Key == "2026-01-03" ? throw new InvalidOperationException("no stock") : [new Stock("a", partition.Start.Day)]);

        IReadOnlyList<PartitionResult> results = await BackfillAsync(stage, "stock", "2026-01-01", "2026-01-08");

        results.Count.ShouldBe(8);
        results.Single(result => result.Status == PartitionStatus.Failed).Planned.Partition.Key.ShouldBe("2026-01-03");
        stage.Table("stock", "as_of").Split('\n').Length.ShouldBe(7);
    }

    [Fact]
    public async Task A_cancel_begins_nothing_more_and_leaves_what_is_loaded()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        using var stop = new CancellationTokenSource();
        Feed.Set<Stock>(partition =>
        {
            if (partition.Key == "2026-01-06")
            {
                stop.Cancel();
            }
            else if (string.CompareOrdinal(partition.Key, "2026-01-06") > 0)
            {
                // However slow the one before is: what comes after it is not done before the cancel.
                stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
            }

            return [new Stock("a", partition.Start.Day)];
        });
        IReadOnlyList<PlannedPartition> plan = await PlanAsync(stage, "stock", "2026-01-01", "2026-01-31");
        IReadOnlyList<PartitionResult> results = await stage.RunAsync(plan, Four, stop.Token);

        results.Count.ShouldBeInRange(6, 10);
        int loaded = results.Count(result => result.Status == PartitionStatus.Loaded);
        stage.Table("stock", "as_of").Split('\n').Length.ShouldBe(loaded);
        Feed.Set<Stock>(partition => [new Stock("a", partition.Start.Day)]);
        plan = await PlanAsync(stage, "stock", "2026-01-01", "2026-01-31");
        plan.Count(planned => planned.Runs).ShouldBe(31 - loaded);
        (await stage.RunAsync(plan, Four, CancellationToken.None)).ShouldAllBe(result => result.Failure == null);
        stage.Table("stock", "as_of").Split('\n').Length.ShouldBe(31);
    }

    private static async Task<IReadOnlyList<PartitionResult>> BackfillAsync(Stage stage, string pipeline, string from, string to) =>
        await stage.RunAsync(await PlanAsync(stage, pipeline, from, to), Four, CancellationToken.None);

    private static Task<IReadOnlyList<PlannedPartition>> PlanAsync(Stage stage, string pipeline, string from, string to) =>
        stage.Planner.PlanAsync(new BackfillRequest([pipeline], from, to), CancellationToken.None);
}
