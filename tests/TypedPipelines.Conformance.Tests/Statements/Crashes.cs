using System.Data.Common;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 33, 34 and 37: runs that end in the middle, and what they leave.</summary>
public sealed class Crashes
{
    internal static readonly Partition Day = TestDatabase.Day("2024-03-01");
    private static readonly DateOnly Date = new(2024, 3, 1);
    private static readonly TestContract Window = new(
        "w", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");

    private static readonly TestContract Merged = new("m", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
    private static readonly TestContract Latest = new("l", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")], keepLatest: ["v"]);
    private static readonly TestContract Whole = new("whole", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S33_a_session_that_ends_before_its_publish_leaves_the_table_as_it_was(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Merged, null, [1L, 1L]);
        string before = database.Digest("m");
        await using (IPartitionSession session = await database.BeginAsync())
        {
            await TestDatabase.StageAsync(session, Merged, null, [1L, 2L], [2L, 2L]);
        }

        database.Digest("m").ShouldBe(before);
        database.StagingObjects().ShouldBeEmpty();
        await database.LoadAsync(Merged, null, [1L, 2L], [2L, 2L]);
        database.Lines(Merged).ShouldBe(["1 | 2", "2 | 2"]);
        database.Outcomes().ShouldBe(["succeeded", "abandoned", "succeeded"]);
        database.StagingObjects().ShouldBeEmpty();
    }

    /// <summary>Every statement of a run in turn is one that the process does not survive.</summary>
    [Theory, OnEveryDestination]
    public async Task S33_S34_stopped_at_any_statement_the_next_run_ends_as_an_undisturbed_one_would(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        long v = 1;
        await RunAsync(database.Destination, v);
        int stopAt = 0;
        for (bool stopped = true; stopped; v += 2)
        {
            (stopped, bool published, string where) = await StopAsync(database, ++stopAt, v + 1);
            Content(database).ShouldBe(Expected(published ? v + 1 : v), where);
            (await database.EntryAsync(Day))!.State.ShouldBe(PartitionState.Complete, where);
            await RunAsync(database.Destination, v + 2);
            Content(database).ShouldBe(Expected(v + 2), where);
            database.Outcomes().ShouldNotContain("running", where);
            database.StagingObjects().ShouldBeEmpty(where);
        }

        stopAt.ShouldBeGreaterThan(30);
    }

    /// <summary>A run that ends before a statement, as far as it has so many.</summary>
    internal static async Task<(bool Stopped, bool Published, string Where)> StopAsync(TestDatabase database, int statement, long v)
    {
        var breaker = new StatementBreaker();
        IDestination dying = database.NewDestination(breaker);
        bool published = false;
        breaker.Arm(statement);
        try
        {
            await RunAsync(dying, v, () => published = true);
            return (false, published, "not stopped");
        }
        catch (StatementBreaker.Stopped)
        {
            return (true, published, $"stopped at statement {statement}: {breaker.Last}");
        }
        finally
        {
            breaker.Disarm();
            await ((dying as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    internal static async Task RunAsync(IDestination destination, long v, Action? published = null)
    {
        await destination.PrepareAsync([Window, Latest, Whole], CancellationToken.None);
        await using IPartitionSession session = await destination.BeginAsync(TestDatabase.NewRun(Day), TimeSpan.FromSeconds(30), CancellationToken.None);
        await TestDatabase.StageAsync(session, Window, Day, [1L, Date, v], [2L, Date, v]);
        await TestDatabase.StageAsync(session, Latest, Day, [1L, v], [1L, -v]);
        await TestDatabase.StageAsync(session, Whole, Day, [v, v]);
        await session.PublishAsync(TestDatabase.Succeeded(5), CancellationToken.None);
        published?.Invoke();
    }

    internal static string Content(TestDatabase database) => string.Join("; ", new[] { Window, Latest, Whole }.SelectMany(database.Lines));

    internal static string Expected(long v) => $"1 | 2024-03-01 | {v}; 2 | 2024-03-01 | {v}; 1 | {v}; {v} | {v}";

    [Theory]
    [OnEveryDestination("update", "partition")]
    [OnEveryDestination("update", "run")]
    public async Task S34_rows_and_their_ledger_entry_commit_together(Destination destination, string kind, string ledgerTable)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Merged, null, [1L, 1L]);
        Guid run = (await database.EntryAsync())!.RunId;
        database.Refuse(kind, database.LedgerTable(ledgerTable), "no ledger");
        await Should.ThrowAsync<PipelineException>(database.LoadAsync(Merged, null, [1L, 2L]));
        database.Lines(Merged).ShouldBe(["1 | 1"]);
        (await database.EntryAsync())!.RunId.ShouldBe(run);
    }

    [Theory, OnEveryDestination]
    public async Task S34_before_the_commit_neither_rows_nor_entry_are_there_and_after_it_both(Destination destination)
    {
        using var gate = new CommitGate();
        await using TestDatabase database = destination.NewDatabase(gate);
        await database.PrepareAsync(Merged);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Merged, null, [1L, 1L]);
        await session.PublishGatedAsync(gate, whileBeforeTheGate: () =>
        {
            if (!database.ReadersSeeVersions)
            {
                // Nobody sees anything of it before its end.
                Should.Throw<DbException>(() => database.ExecuteAtOnce("select * from m"));
                Should.Throw<DbException>(() => database.ExecuteAtOnce($"select * from {database.LedgerTable("partition")}"));
                return;
            }

            database.Count("m").ShouldBe(0);
            database.Count(database.LedgerTable("partition")).ShouldBe(0);
            database.Outcomes().ShouldBe(["running"]);
        });
        database.Count("m").ShouldBe(1);
        (await database.EntryAsync())!.State.ShouldBe(PartitionState.Complete);
        database.Outcomes().ShouldBe(["succeeded"]);
    }

    [Theory, OnEveryDestination]
    public async Task S37_staging_belongs_to_its_session_alone(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Merged);
        await using (IPartitionSession first = await database.BeginAsync(TestDatabase.Day("2024-01-01")))
        await using (IPartitionSession second = await database.BeginAsync(TestDatabase.Day("2024-01-02")))
        {
            await TestDatabase.StageAsync(first, Merged, null, [1L, 1L]);
            await TestDatabase.StageAsync(second, Merged, null, [2L, 2L]);
            (await first.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None))[0].Inserted.ShouldBe(1);
            (await second.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None))[0].Inserted.ShouldBe(1);
            database.Lines(Merged).ShouldBe(["1 | 1", "2 | 2"]);
        }

        database.StagingObjects().ShouldBeEmpty();
    }

    /// <summary>What the run before staged and did not publish is not published by the next one of the window.</summary>
    [Theory, OnEveryDestination]
    public async Task S37_a_run_never_publishes_what_an_earlier_run_of_its_window_staged(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Merged);
        for (long run = 0; run < 2; run++)
        {
            await using IPartitionSession session = await database.BeginAsync(Day);
            await TestDatabase.StageAsync(session, Merged, null, [run, run]);
            if (run == 1)
            {
                await session.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None);
            }
        }

        database.Lines(Merged).ShouldBe(["1 | 1"]);
    }
}
