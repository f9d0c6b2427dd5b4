using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;
using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Running;

public sealed class PartitionExecutorTests : IRunObserver
{
    private static readonly PartitionScheme Days = PartitionScheme.Daily("2024-01-01", allowPartial: true);

    private readonly MemoryDestination _destination = new();
    private readonly FixedClock _clock = new(Utc("2024-02-01T12:00Z"));
    private readonly List<long> _read = [];

    [Theory]
    [InlineData("2024-02-01T12:00Z", "2024-02-01", true)]
    [InlineData("2024-02-01T23:59Z", "2024-02-01", true)]
    [InlineData("2024-02-02T00:00Z", "2024-02-01", false)]
    [InlineData("2024-02-01T12:00Z", "2024-01-31", false)]
    public async Task S13_AWindowThatIsOpen_IsRecordedPartial(string now, string key, bool partial)
    {
        _clock.Now = Utc(now);

        PartitionResult result = await RunAsync(Pipelines.Named("sales", Days), Days.Parse(key));

        result.Status.ShouldBe(PartitionStatus.Loaded);
        RunEnd end = _destination.Ends.ShouldHaveSingleItem();
        (end.Outcome, end.Partial, end.FinishedAt).ShouldBe((RunOutcome.Succeeded, partial, Utc(now)));
        _destination.EntryOf("sales", key)!.State.ShouldBe(partial ? PartitionState.Partial : PartitionState.Complete);
    }

    [Fact]
    public async Task S13_AWindowThatEndsDuringTheRun_IsPartial()
    {
        _clock.Now = Utc("2024-02-01T23:59Z");
        PipelineRegistration overMidnight = Pipelines.Named("sales", Days, run: (_, _) =>
        {
            _clock.Now = Utc("2024-02-02T00:01Z");
            return Task.CompletedTask;
        });

        await RunAsync(overMidnight, Days.Parse("2024-02-01"));

        // Its sources were read while rows could still come.
        _destination.Ends.ShouldHaveSingleItem().Partial.ShouldBeTrue();
    }

    [Fact]
    public async Task S13_APartialWindow_IsPlannedAgainUntilItIsComplete()
    {
        PartitionScheme scheme = PartitionScheme.Daily("2024-01-31", allowPartial: true);
        PipelineRegistration sales = Pipelines.Named("sales", scheme);
        var planner = new Planner(new PipelineCatalog([sales]), _destination, _clock);

        (await BackfillAsync(planner)).ShouldBe(["2024-01-31 Missing", "2024-02-01 Missing"]);
        (await BackfillAsync(planner)).ShouldBe(["2024-01-31 UpToDate", "2024-02-01 Partial"]);
        _clock.Now = Utc("2024-02-02T00:00Z");
        (await BackfillAsync(planner)).ShouldBe(["2024-01-31 UpToDate", "2024-02-01 Partial", "2024-02-02 Missing"]);
        (await BackfillAsync(planner)).ShouldBe(["2024-01-31 UpToDate", "2024-02-01 UpToDate", "2024-02-02 Partial"]);
    }

    [Fact]
    public async Task TheWhole_IsNeverPartial()
    {
        await RunAsync(Pipelines.Named("carriers", PartitionScheme.None), PartitionScheme.None.Parse("all"));

        _destination.Ends.ShouldHaveSingleItem().Partial.ShouldBeFalse();
    }

    [Fact]
    public async Task ALoad_CountsItsRows_AndLeavesTheSupersededOut()
    {
        _destination.Published = [new LoadedTable("lines", 3, 1, 2, 0, 0)];

        PartitionResult result = await RunAsync(Pipelines.Copying("sales", Days, new Lines("lines", RowAction.Drop), "a", "bad", "b", "c"), Days.Parse("2024-01-31"));

        result.Status.ShouldBe(PartitionStatus.Loaded, result.Failure?.Message);
        result.Counts.ShouldBe(new RowCounts(Read: 4, Loaded: 2, Dropped: 2, Rejected: 0));
        _destination.Ends.ShouldHaveSingleItem().Counts.ShouldBe(new RowCounts(Read: 4, Loaded: 3, Dropped: 1, Rejected: 0));
        _read.Sum().ShouldBe(4);
    }

    [Fact]
    public async Task AQuarantinedRow_IsRecordedWithTheRun()
    {
        PartitionResult result = await RunAsync(Pipelines.Copying("sales", Days, new Lines("lines", RowAction.Quarantine), "a", "bad"), Days.Parse("2024-01-31"));

        result.Counts.Rejected.ShouldBe(1);
        _destination.Ends.ShouldHaveSingleItem().Rejects.ShouldHaveSingleItem().Value.ShouldBe("bad");
    }

    [Fact]
    public async Task ARowThatBreaksItsContract_FailsTheRun_WithNothingLoaded()
    {
        PartitionResult result = await RunAsync(Pipelines.Copying("sales", Days, new Lines("lines"), "a", "bad"), Days.Parse("2024-01-31"));

        (result.Status, result.Failure!.Kind, result.Counts.Loaded).ShouldBe((PartitionStatus.Failed, FailureKind.Row, 0));
        RunEnd end = _destination.Ends.ShouldHaveSingleItem();
        (end.Outcome, end.FailureKind, end.Error).ShouldBe((RunOutcome.Failed, FailureKind.Row, result.Failure.Message));
        _destination.EntryOf("sales", "2024-01-31")!.State.ShouldBe(PartitionState.Failed);
    }

    [Fact]
    public async Task ALostRow_FailsTheRun()
    {
        PipelineRegistration sales = Pipelines.Copying("sales", Days, new Lines("lines"), "a");
        PipelineRegistration losing = sales with
        {
            RunAsync = async (run, cancellationToken) =>
            {
                await sales.RunAsync(run, cancellationToken);
                run.Count("Rows").Add(1, 1);
            },
        };

        PartitionResult result = await RunAsync(losing, Days.Parse("2024-01-31"));

        (result.Status, result.Failure?.Kind).ShouldBe((PartitionStatus.Failed, FailureKind.Accounting));
        _destination.Ends.ShouldHaveSingleItem().Outcome.ShouldBe(RunOutcome.Failed);
    }

    [Fact]
    public async Task AnUnexpectedException_IsTold()
    {
        PartitionResult result = await RunAsync(
            Pipelines.Named("sales", Days, run: (_, _) => throw new InvalidOperationException("no idea.")), Days.Parse("2024-01-31"));

        (result.Failure!.Kind, result.Failure.What).ShouldBe((FailureKind.Unexpected, "InvalidOperationException: no idea"));
    }

    [Fact]
    public async Task ACancelledRun_IsNoFailureOfItsPartition()
    {
        using var stop = new CancellationTokenSource();
        PipelineRegistration sales = Pipelines.Named("sales", Days, run: (_, cancellationToken) =>
        {
            stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        });

        PartitionResult result = await RunAsync(sales, Days.Parse("2024-01-31"), cancellationToken: stop.Token);

        (result.Status, result.Failure!.Kind).ShouldBe((PartitionStatus.Cancelled, FailureKind.Cancelled));
        _destination.Ends.ShouldHaveSingleItem().Outcome.ShouldBe(RunOutcome.Cancelled);
        _destination.EntryOf("sales", "2024-01-31").ShouldBeNull();
    }

    [Fact]
    public async Task ARunThatCannotBegin_Failed_AndLeavesNoEnd()
    {
        _destination.RefusesToBegin = new PipelineException(FailureKind.Locked, "another run holds it", "Wait.");

        PartitionResult result = await RunAsync(Pipelines.Named("sales", Days), Days.Parse("2024-01-31"));

        (result.Status, result.Failure!.Kind).ShouldBe((PartitionStatus.Failed, FailureKind.Locked));
        _destination.Ends.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(PlanReason.Missing, PartitionState.Complete, PartitionStatus.UpToDate, RunOutcome.Superfluous)]
    [InlineData(PlanReason.Missing, PartitionState.Partial, PartitionStatus.Loaded, RunOutcome.Succeeded)]
    [InlineData(PlanReason.Missing, PartitionState.Failed, PartitionStatus.Loaded, RunOutcome.Succeeded)]
    [InlineData(PlanReason.Asked, PartitionState.Complete, PartitionStatus.Loaded, RunOutcome.Succeeded)]
    public async Task WhatAnotherProcessLoadedMeanwhile_IsNotLoadedAgainUnlessAsked(PlanReason reason, PartitionState meanwhile, PartitionStatus status, RunOutcome outcome)
    {
        _destination.WhileWaiting = () => _destination.Set("sales", "2024-01-31", meanwhile);

        PartitionResult result = await RunAsync(Pipelines.Named("sales", Days), Days.Parse("2024-01-31"), reason);

        result.Status.ShouldBe(status);
        _destination.Ends.ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
    }

    void IRunObserver.Started(PlannedPartition planned)
    {
    }

    void IRunObserver.RowsRead(PlannedPartition planned, long rows) => _read.Add(rows);

    void IRunObserver.Finished(PartitionResult result)
    {
    }

    private Task<PartitionResult> RunAsync(
        PipelineRegistration pipeline, Partition partition, PlanReason reason = PlanReason.Missing, CancellationToken cancellationToken = default) =>
        new PartitionExecutor(new PipelineCatalog([pipeline]), _destination, _clock, NullLoggerFactory.Instance, new RunOptions())
            .RunAsync(new PlannedPartition(pipeline, partition, reason), [], this, cancellationToken);

    private async Task<IEnumerable<string>> BackfillAsync(Planner planner)
    {
        IReadOnlyList<PlannedPartition> plan = await planner.PlanAsync(new BackfillRequest([]), CancellationToken.None);
        foreach (PlannedPartition planned in plan.Where(planned => planned.Runs))
        {
            await RunAsync(planned.Pipeline, planned.Partition, planned.Reason);
        }

        return plan.Select(planned => $"{planned.Partition} {planned.Reason}");
    }
}
