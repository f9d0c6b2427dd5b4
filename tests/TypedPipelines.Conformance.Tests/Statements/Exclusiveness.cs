using System.Diagnostics;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 35: one run of a partition at a time, and those of different ones at once.</summary>
public sealed class Exclusiveness
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S35_a_second_run_fails_fast_and_names_the_other(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Table);
        await using IPartitionSession session = await database.BeginAsync();
        RunEntry run = (await database.Destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None))[0];
        long started = Stopwatch.GetTimestamp();
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.BeginAsync());
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(15), "half of what it would wait if it waited");
        e.Kind.ShouldBe(FailureKind.Locked);
        e.What.ShouldStartWith($"flights all is being run by run {run.RunId} on {Environment.MachineName} (process {Environment.ProcessId}), since 20");
        database.Outcomes().ShouldBe(["running"]);
    }

    [Theory, OnEveryDestination]
    public async Task S35_a_second_run_waits_for_the_first(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Table);
        IPartitionSession first = await database.BeginAsync();
        var log = new WaitingLog();
        IDestination other = database.NewDestination(log);
        Task<IPartitionSession> waiting = other.BeginAsync(TestDatabase.NewRun(), TimeSpan.FromMinutes(1), CancellationToken.None);
        await log.SomeoneWaits;
        waiting.IsCompleted.ShouldBeFalse();
        await TestDatabase.StageAsync(first, Table, null, [1L, 1L]);
        await first.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None);
        await first.DisposeAsync();
        await using (IPartitionSession second = await waiting)
        {
            second.Before!.State.ShouldBe(PartitionState.Complete);
        }

        await ((other as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory, OnEveryDestination]
    public async Task S35_waiting_is_bounded_and_ends_when_it_is_cancelled(Destination destination)
    {
        var log = new WaitingLog();
        await using TestDatabase database = destination.NewDatabase(log);
        await database.PrepareAsync(Table);
        await using IPartitionSession first = await database.BeginAsync();
        using var cancel = new CancellationTokenSource();
        Task<IPartitionSession> waiting = database.Destination.BeginAsync(TestDatabase.NewRun(), TimeSpan.FromMinutes(10), cancel.Token);
        await log.SomeoneWaits;
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);

        long started = Stopwatch.GetTimestamp();
        (await Should.ThrowAsync<PipelineException>(database.BeginAsync(lockWait: TimeSpan.FromMilliseconds(300)))).Kind.ShouldBe(FailureKind.Locked);
        Stopwatch.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(20));
        await first.DisposeAsync();
        await using IPartitionSession next = await database.BeginAsync();
    }

    [Theory, OnEveryDestination]
    public async Task S35_many_at_once_end_as_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Table);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.LoadAsync(Table, null, [1L, 1L], [2L, 2L]))));
        database.Lines(Table).ShouldBe(["1 | 1", "2 | 2"]);
        database.Outcomes().ShouldBe(Enumerable.Repeat("succeeded", 8));
        database.Query<long>($"select token from {database.LedgerTable("lock")}").ShouldBe(8);
        database.Count($"{database.LedgerTable("lock")} where run_id is not null").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S35_different_partitions_run_in_parallel(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "d", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");
        await database.PrepareAsync(table);
        using var allStaged = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Factory.StartNew(
            () => RunAsync(n).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning)));
        database.Rows(table).GroupBy(row => row[0]).Select(day => day.Count()).ShouldBe([1000, 1000, 1000, 1000]);

        async Task RunAsync(int n)
        {
            Partition day = TestDatabase.Day($"2024-01-0{n}");
            await using IPartitionSession session = await database.BeginAsync(day);
            object?[][] rows = [.. Enumerable.Range(0, 1000).Select(v => new object?[] { new DateOnly(2024, 1, n), (long)v })];
            await TestDatabase.StageAsync(session, table, day, rows);
            allStaged.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue("all four must be in the middle of their runs");
            await session.PublishAsync(TestDatabase.Succeeded(1000), CancellationToken.None);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S35_partitions_that_merge_the_same_keys_take_turns_without_deadlock(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Table);
        var random = new Random(1);
        object?[][][] batches = [.. Enumerable.Range(1, 6).Select(n => Enumerable.Range(0, 3000).OrderBy(_ => random.Next()).Select(id => new object?[] { (long)id, (long)n }).ToArray())];
        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => Task.Run(() => database.LoadAsync(Table, TestDatabase.Day($"2024-01-0{n}"), batches[n - 1]))));
        List<object?[]> rows = database.Rows(Table);
        (rows.Count, rows.DistinctBy(row => row[1]).Count()).ShouldBe((3000, 1));
        database.Outcomes().ShouldBe(Enumerable.Repeat("succeeded", 6));
    }
}
