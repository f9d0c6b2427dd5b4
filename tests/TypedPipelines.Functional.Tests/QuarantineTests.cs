using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Rows in quarantine are counted by reason, replayed by running their partitions again, and resolved by the run that lets them through.</summary>
public sealed class QuarantineTests
{
    private const string First = "2026-01-05";
    private const string Second = "2026-01-06";

    [Fact]
    public async Task Rows_are_counted_by_partition_and_reason_the_most_first()
    {
        using Stage stage = await WithRejectsAsync();
        (await stage.Ledger.CountRejectsAsync(null, null, CancellationToken.None)).ShouldBe(
        [
            new RejectCount("sailings", First, "sailing", null, "does not pass the check fare is paid: somebody is paid for sailing", 2),
            new RejectCount("sailings", Second, "sailing", null, "does not pass the check fare is paid: somebody is paid for sailing", 1),
        ]);
        (await stage.Ledger.CountRejectsAsync("sailings", Second, CancellationToken.None)).Single().Rows.ShouldBe(1);
        (await stage.Ledger.CountRejectsAsync("ports", null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_replay_runs_their_partitions_again_and_doubles_nothing()
    {
        using Stage stage = await WithRejectsAsync();
        (IReadOnlyList<PlannedPartition> plan, IReadOnlyList<RejectCount> lost) = await stage.Planner.PlanReplayAsync([], null, CancellationToken.None);
        plan.Select(planned => planned.Partition.Key).ShouldBe([First, Second]);
        lost.ShouldBeEmpty();
        string before = stage.Table("sailing");
        Feed.Set<Sailing>(Bad); // What was set elsewhere does not flow back here.
        (await stage.RunAsync(plan, CancellationToken.None)).ShouldAllBe(result => result.Failure == null);
        stage.Table("sailing").ShouldBe(before);
        Resolved(stage).ShouldBe(0);
        (await stage.Ledger.CountRejectsAsync(null, null, CancellationToken.None)).Sum(count => count.Rows).ShouldBe(3);
    }

    [Fact]
    public async Task What_is_let_through_is_resolved_and_what_is_not_stays_in_quarantine()
    {
        using Stage stage = await WithRejectsAsync();
        Feed.Set<Sailing>(day => day.Key == First ? [Sail(First, 1, 10), Sail(First, 2, 10), Sail(First, 3, -1)] : [Sail(Second, 1, 10), Sail(Second, 2, -1)]);
        (IReadOnlyList<PlannedPartition> plan, _) = await stage.Planner.PlanReplayAsync(["sailings"], First, CancellationToken.None);
        PartitionResult result = (await stage.RunAsync(plan, CancellationToken.None)).Single();
        result.Counts.ShouldBe(new RowCounts(3, 2, 0, 1));
        Resolved(stage).ShouldBe(1);
        (await stage.Ledger.GetRejectsAsync("sailings", First, 9, CancellationToken.None)).Select(entry => entry.Reject.Line).ShouldBe([3]);
        (await stage.Planner.PlanReplayAsync(["sailings"], null, CancellationToken.None)).Plan.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_what_the_pipeline_cannot_load_any_more_nothing_is_planned()
    {
        using Stage stage = await WithRejectsAsync();
        stage.Clock.Now = new DateTimeOffset(2026, 1, 6, 12, 0, 0, TimeSpan.Zero);
        (IReadOnlyList<PlannedPartition> plan, IReadOnlyList<RejectCount> lost) = await stage.Planner.PlanReplayAsync(["sailings"], null, CancellationToken.None);
        (plan.Single().Partition.Key, lost.Single().Partition).ShouldBe((First, Second));
    }

    private static async Task<Stage> WithRejectsAsync()
    {
        var stage = new Stage();
        stage.AddPipeline<SailingsPipeline>();
        stage.AddPipeline<PortsPipeline>();
        Feed.Give(new Port("AAA", "one"));
        (await stage.RunAsync("ports")).Failure.ShouldBeNull();
        Feed.Set<Sailing>(Bad);
        (await stage.RunAsync("sailings", First)).Failure.ShouldBeNull();
        (await stage.RunAsync("sailings", Second)).Failure.ShouldBeNull();
        return stage;
    }

    private static IEnumerable<Sailing> Bad(Partition day) =>
        day.Key == First ? [Sail(First, 1, 10), Sail(First, 2, -1), Sail(First, 3, -1), Sail(First, 4, 10)] : [Sail(Second, 1, 10), Sail(Second, 2, -1)];

    private static long Resolved(Stage stage) =>
        stage.Query<long>($"select count(*) from {(stage.Destination.Name == "sqlite" ? "tp_reject" : "typed_pipelines.reject")} where resolved_by is not null")[0];

    private static Sailing Sail(string day, int number, double fare)
    {
        DateOnly date = DateOnly.ParseExact(day, "yyyy-MM-dd", null);
        return new Sailing(date, number, "AAA", $"T{number}", fare, 5, new DateTimeOffset(date, new TimeOnly(20, number), TimeSpan.Zero));
    }
}
