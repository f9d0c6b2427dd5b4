using Dapper;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>What the ledger remembers, and that asking it changes nothing.</summary>
public sealed class LedgerReading : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private ILedger Ledger => _database.Destination.Ledger;

    private static Reject Reject(string reason) => new("Landing", "a.csv", 7, "delay", "x\0y", "raw \ud800 row", reason);

    [Fact]
    public async Task A_database_without_a_ledger_is_an_empty_ledger_and_is_not_changed()
    {
        (await Ledger.GetPartitionsAsync(Database.Pipeline, CancellationToken.None)).ShouldBeEmpty();
        (await Ledger.FindPartitionAsync(Database.Pipeline, "all", CancellationToken.None)).ShouldBeNull();
        (await Ledger.GetRunsAsync(null, 5, CancellationToken.None)).ShouldBeEmpty();
        (await Ledger.GetRejectsAsync(null, null, 5, CancellationToken.None)).ShouldBeEmpty();
        _database.Query<long>("select count(*) from pg_catalog.pg_namespace where nspname = 'typed_pipelines'").ShouldBe(0);
    }

    [Fact]
    public async Task A_publish_is_remembered_with_its_counts_and_rejects()
    {
        await _database.PrepareAsync(_table);
        RunIdentity run = Database.NewRun(Database.Day("2024-03-01"));
        DateTimeOffset finished = run.StartedAt.AddTicks(12340);
        await using (IPartitionSession session = await _database.Destination.BeginAsync(run, TimeSpan.Zero, CancellationToken.None))
        {
            session.Before.ShouldBeNull();
            await Database.StageAsync(session, _table, null, [1L, 1L]);
            (await Ledger.GetRunsAsync(null, 5, CancellationToken.None))[0].Outcome.ShouldBe(RunOutcome.Running);
            await session.PublishAsync(
                new RunEnd(RunOutcome.Succeeded, true, finished, new RowCounts(4, 1, 1, 2), [Reject("first"), Reject("second")]),
                CancellationToken.None);
        }

        var counts = new RowCounts(4, 1, 1, 2);
        (await Ledger.GetPartitionsAsync(Database.Pipeline, CancellationToken.None)).ShouldHaveSingleItem().ShouldBe(
            new PartitionEntry(Database.Pipeline, "2024-03-01", PartitionState.Partial, run.RunId, counts, finished, run.RunId, null) { Cut = "DayPartition UTC", Tables = "public.t" });
        (await Ledger.GetRunsAsync(Database.Pipeline, 5, CancellationToken.None)).ShouldHaveSingleItem().ShouldBe(
            new RunEntry(
                run.RunId, Database.Pipeline, "2024-03-01", RunOutcome.Succeeded, run.StartedAt, finished, counts,
                $"{Environment.MachineName} (process {Environment.ProcessId})", null, null));
        IReadOnlyList<RejectEntry> rejects = await Ledger.GetRejectsAsync(Database.Pipeline, "2024-03-01", 5, CancellationToken.None);
        rejects.Select(reject => reject.Reject.Reason).ShouldBe(["first", "second"]);
        rejects[0].ShouldBe(new RejectEntry(
            run.RunId, Database.Pipeline, "2024-03-01", finished, Reject("first") with { Value = "x\u2400y", Raw = "raw \ufffd row" }));
    }

    [Fact]
    public async Task Rejects_are_those_of_each_partitions_latest_run_that_ended()
    {
        await _database.PrepareAsync(_table);
        foreach ((string day, string reason) in new[] { ("2024-03-01", "old"), ("2024-03-01", "new 1"), ("2024-03-02", "new 2") })
        {
            await using IPartitionSession session = await _database.BeginAsync(Database.Day(day));
            await session.FailAsync(Database.Failed("bad", Reject(reason), Reject(reason + " again")), CancellationToken.None);
        }

        await using (IPartitionSession dead = await _database.BeginAsync(Database.Day("2024-03-02")))
        {
        }

        await using IPartitionSession running = await _database.BeginAsync(Database.Day("2024-03-02"));
        (await Ledger.GetRejectsAsync(null, null, 10, CancellationToken.None)).Select(reject => reject.Reject.Reason)
            .ShouldBe(["new 2", "new 2 again", "new 1", "new 1 again"]);
        (await Ledger.GetRejectsAsync(null, "2024-03-01", 1, CancellationToken.None)).Select(reject => reject.Reject.Reason).ShouldBe(["new 1"]);
        (await Ledger.GetRejectsAsync("other", null, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_come_newest_first_and_partitions_in_ordinal_order()
    {
        foreach (string day in new[] { "2024-03-02", "2024-03-01", "2024-03-03" })
        {
            await _database.LoadAsync(_table, Database.Day(day), [1L, 1L]);
        }

        (await Ledger.GetRunsAsync(null, 2, CancellationToken.None)).Select(run => run.Partition).ShouldBe(["2024-03-03", "2024-03-01"]);
        (await Ledger.GetRunsOfAsync(Database.Pipeline, "2024-03-01", 5, CancellationToken.None)).ShouldAllBe(run => run.Partition == "2024-03-01");
        (await Ledger.GetRunsOfAsync(Database.Pipeline, "2024-03-01", 5, CancellationToken.None)).ShouldNotBeEmpty();
        (await Ledger.GetRunsOfAsync(Database.Pipeline, "2024-03-01", 1, CancellationToken.None)).Count.ShouldBe(1);
        (await Ledger.GetRunsOfAsync("other", "2024-03-01", 5, CancellationToken.None)).ShouldBeEmpty();
        (await Ledger.GetPartitionsAsync(Database.Pipeline, CancellationToken.None)).Select(entry => entry.Partition)
            .ShouldBe(["2024-03-01", "2024-03-02", "2024-03-03"]);
    }

    [Fact]
    public async Task A_failure_is_remembered_with_its_kind()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        await session.FailAsync(Database.Failed("bad row"), CancellationToken.None);
        RunEntry run = (await Ledger.GetRunsAsync(null, 1, CancellationToken.None))[0];
        (run.Outcome, run.FailureKind, run.Error).ShouldBe((RunOutcome.Failed, "Row", "bad row"));
        (await Ledger.FindPartitionAsync(Database.Pipeline, "all", CancellationToken.None))!.LoadedRunId.ShouldBeNull();
    }

    [Fact]
    public async Task A_table_that_was_never_loaded_is_said_to_be_missing()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        var other = new TestContract("other", LoadStrategy.Append, [Col.Value("id")]);
        (await Should.ThrowAsync<PipelineException>(async () => await session.ReadAsync(other, null, CancellationToken.None))).Kind.ShouldBe(FailureKind.Upstream);
        (await Should.ThrowAsync<PipelineException>(async () => await session.ReadAsync(_table, Database.Whole, CancellationToken.None))).Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public async Task A_window_of_a_table_can_be_read()
    {
        var table = new TestContract(
            "r", LoadStrategy.ReplacePartition, [Col.Value("at", ColumnType.Instant, nullable: false)], partition: "at");
        Partition day = Database.Day("2024-03-02", "America/Chicago");
        foreach (Partition each in new[] { Database.Day("2024-03-01", "America/Chicago"), day, Database.Day("2024-03-03", "America/Chicago") })
        {
            await _database.LoadAsync(table, each, [each.Start.UtcDateTime], [each.End.UtcDateTime.AddMicroseconds(-1)]);
        }

        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table, day)).Select(row => row[0]).Order()
            .ShouldBe([day.Start.UtcDateTime, day.End.UtcDateTime.AddMicroseconds(-1)]);
        (await Database.ReadAsync(session, table)).Count.ShouldBe(6);
    }
}
