using System.Diagnostics;
using System.Text.RegularExpressions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 39: a run that is told to stop.</summary>
public sealed partial class Cancelling
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S39_a_cancelled_publish_rolls_back_and_the_partition_stays_as_it_was(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, null, [1L, 1L]);
        await using (IPartitionSession session = await database.BeginAsync())
        {
            await TestDatabase.StageAsync(session, Table, null, [1L, 2L]);
            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(TestDatabase.Succeeded(1), cancelled.Token));
            var end = new RunEnd(RunOutcome.Cancelled, false, TestDatabase.Now(), default, [], FailureKind.Cancelled, "cancelled");
            await session.FailAsync(end, CancellationToken.None);
        }

        database.Lines(Table).ShouldBe(["1 | 1"]);
        (await database.EntryAsync())!.State.ShouldBe(PartitionState.Complete);
        database.Outcomes()[^1].ShouldBe("cancelled");
    }

    [Theory, OnEveryDestination]
    public async Task S39_cancelling_interrupts_a_statement_that_takes_long_and_rolls_back(Destination destination)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        await using IPartitionSession session = await BeginEndlessAsync(database);
        using var cancel = new CancellationTokenSource();
        // A thread of its own, and a wait that outlasts a machine's bad minute: until the insert runs, there is nothing to interrupt.
        Task publish = Task.Factory.StartNew(
            () => session.PublishAsync(TestDatabase.Succeeded(1), cancel.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        SpinWait.SpinUntil(() => publish.IsCompleted || LoadsTheTable().IsMatch(log.Last), TimeSpan.FromMinutes(5));
        long cancelled = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publish);
        Stopwatch.GetElapsedTime(cancelled).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        await session.FailAsync(TestDatabase.Failed("cancelled"), CancellationToken.None);
        database.Count("t").ShouldBe(0);
        database.Outcomes().ShouldBe(["failed"]);
    }

    [Theory, OnEveryDestination]
    public async Task S39_cancelling_stops_a_statement_that_begins_in_the_same_moment(Destination destination)
    {
        using var cancel = new CancellationTokenSource();
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        await using IPartitionSession session = await BeginEndlessAsync(database);
        log.Hears = statement =>
        {
            if (LoadsTheTable().IsMatch(statement))
            {
                cancel.Cancel();
            }
        };
        long started = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(TestDatabase.Succeeded(1), cancel.Token));
        cancel.IsCancellationRequested.ShouldBeTrue();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        await session.FailAsync(TestDatabase.Failed("cancelled"), CancellationToken.None);
        database.Count("t").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S39_cancelling_stops_before_the_next_window_and_the_finished_ones_stay(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var days = new TestContract("d", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        using var cancel = new CancellationTokenSource();
        PipelineRegistration pipeline = TestPipeline.Of(PartitionScheme.Daily("2024-03-01", "2024-03-05"), days, partition =>
        {
            if (partition.Key == "2024-03-02")
            {
                cancel.Cancel();
            }

            return [[partition.Window.StartDate]];
        });
        using var engine = new Engine(pipeline, database.Destination);
        IReadOnlyList<PartitionResult> results = await engine.RunAsync(await engine.PlanAsync(), cancel.Token);
        results.Select(result => $"{result.Planned.Partition} {result.Status}").ShouldBe(["2024-03-01 Loaded", "2024-03-02 Cancelled"]);
        database.Lines(days).ShouldBe(["2024-03-01"]);
        database.Outcomes().ShouldBe(["succeeded", "cancelled"]);
        (await engine.PlanAsync()).Select(planned => planned.Reason).ShouldBe([PlanReason.UpToDate, PlanReason.Missing, PlanReason.Missing, PlanReason.Missing]);
    }

    /// <summary>A session whose publish does not come to an end by itself.</summary>
    private static async Task<IPartitionSession> BeginEndlessAsync(TestDatabase database)
    {
        await database.PrepareAsync(Table);
        database.MakeEndless("t");
        IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [1L, 2L]);
        return session;
    }

    [GeneratedRegex("""^.*insert (or \w+ )?into \S*["\[]t["\]]""")]
    private static partial Regex LoadsTheTable();
}
