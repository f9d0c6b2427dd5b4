using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statements 32 to 34, 37, 39 and 40.</summary>
public sealed class Atomicity : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("generation")]);
    private readonly TestContract _other = new("other", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    private static object?[][] Generation(long generation) => [.. Enumerable.Range(0, 500).Select(id => new object?[] { (long)id, generation })];

    [Fact]
    public async Task S32_readers_see_all_old_or_all_new_rows()
    {
        await _database.LoadAsync(_table, null, Generation(0));
        using var stop = new CancellationTokenSource();
        int reads = 0;
        Task<int> reading = Task.Factory.StartNew(
            () =>
            {
                using SqliteConnection connection = _database.Open();
                var seen = new HashSet<long>();
                while (!stop.IsCancellationRequested)
                {
                    (long rows, long oldest, long newest) = connection.QuerySingle<(long, long, long)>(
                        "select count(*), min(generation), max(generation) from t");
                    (rows, oldest).ShouldBe((500, newest));
                    seen.Add(newest);
                    Interlocked.Increment(ref reads);
                }

                return seen.Count;
            },
            TaskCreationOptions.LongRunning);

        // As many publishes as it takes to have the reader look often enough, on however slow a machine.
        for (int generation = 1; generation <= 15 || (Volatile.Read(ref reads) < 100 && generation < 1000 && !reading.IsCompleted); generation++)
        {
            await _database.LoadAsync(_table, null, Generation(generation));
        }

        await stop.CancelAsync();
        (await reading).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task S32_a_table_read_in_a_session_is_that_of_one_moment()
    {
        object?[][] rows = [.. Enumerable.Range(0, 10_000).Select(id => new object?[] { (long)id, 0L })];
        await _database.LoadAsync(_table, null, rows);
        await using IPartitionSession session = await _database.BeginAsync(Database.Day("2024-01-01"));
        await using IRowSource<object?[]> source = await session.ReadAsync(_table, null, CancellationToken.None);
        var batch = new RowBatch<object?[]>();
        (await source.ReadAsync(batch, CancellationToken.None)).ShouldBeTrue();
        await _database.LoadAsync(_table, null, [1L, 1L]);
        int read = batch.Count;
        while (await source.ReadAsync(batch, CancellationToken.None))
        {
            read += batch.Count;
        }

        (read + batch.Count).ShouldBe(10_000);
        (await source.ReadAsync(batch, CancellationToken.None)).ShouldBeFalse();
        batch.Count.ShouldBe(0);
    }

    [Fact]
    public async Task S32_two_tables_publish_together_or_not_at_all()
    {
        await _database.LoadAsync(_table, null, [1L, 0L]);
        await _database.LoadAsync(_other, null, [1L, 0L]);
        _database.Execute("create trigger refuse before update on other when new.v = 2 begin select raise(abort, 'no'); end");
        foreach (long generation in new[] { 2L, 1L })
        {
            await using IPartitionSession session = await _database.BeginAsync();
            await Database.StageAsync(session, _table, null, [1L, generation]);
            await Database.StageAsync(session, _other, null, [1L, generation]);
            Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
            if (generation == 2)
            {
                (await Should.ThrowAsync<PipelineException>(publish)).Kind.ShouldBe(FailureKind.Destination);
                _database.Query<string>("select (select generation from t) || (select v from other)").ShouldBe("00");
                await session.FailAsync(Database.Failed("refused"), CancellationToken.None);
            }
            else
            {
                (await publish).Select(table => table.Table).ShouldBe(["t", "other"]);
                _database.Query<string>("select (select generation from t) || (select v from other)").ShouldBe("11");
            }
        }
    }

    [Fact]
    public async Task S33_a_session_that_ends_before_its_publish_leaves_the_table_as_it_was()
    {
        await _database.LoadAsync(_other, null, [1L, 1L]);
        string before = _database.Digest("other");
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            await Database.StageAsync(session, _other, null, [1L, 2L], [2L, 2L]);
        }

        _database.Digest("other").ShouldBe(before);
        await _database.LoadAsync(_other, null, [1L, 2L], [2L, 2L]);
        _database.List<long>("select v from other order by id").ShouldBe([2, 2]);
        _database.List<string>("select outcome from tp_run order by sequence").ShouldBe(["succeeded", "abandoned", "succeeded"]);
        NothingStagedIsLeft();
    }

    /// <summary>Every statement of a run in turn is one that the process does not survive.</summary>
    [Fact]
    public async Task S33_stopped_at_any_statement_the_next_run_ends_as_an_undisturbed_one_would()
    {
        var window = new TestContract(
            "w", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");
        Partition day = Database.Day("2024-03-01");
        var date = new DateOnly(2024, 3, 1);
        int survived = 0;
        for (int stopAt = 1; survived == 0; stopAt++)
        {
            var breaker = new StatementBreaker();
            using var database = new Database(logger: breaker);
            async Task RunAsync(long v)
            {
                await database.PrepareAsync(window, _other);
                await using IPartitionSession session = await database.BeginAsync(day);
                await Database.StageAsync(session, window, day, [1L, date, v], [2L, date, v]);
                await Database.StageAsync(session, _other, day, [1L, v]);
                await session.PublishAsync(Database.Succeeded(3), CancellationToken.None);
                breaker.Disarm();
            }

            await RunAsync(1);
            breaker.Arm(stopAt);
            try
            {
                await RunAsync(2);
                survived = stopAt;
            }
            catch (StatementBreaker.Stopped)
            {
                breaker.Disarm();
                string state = database.Query<string>("select (select group_concat(v) from w) || ' ' || (select v from other) || ' ' || (select state from tp_partition)");
                state.ShouldBe("1,1 1 complete");
            }

            breaker.Disarm();
            await RunAsync(3);
            database.Query<string>("select (select group_concat(v) from w) || ' ' || (select v from other)").ShouldBe("3,3 3");
            database.Query<long>("select count(*) from tp_run where outcome = 'running'").ShouldBe(0);
            database.Query<long>("select count(*) from sqlite_master where name like 'stage%'").ShouldBe(0);
        }

        survived.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task S34_rows_and_their_ledger_entry_commit_together()
    {
        await _database.LoadAsync(_other, null, [1L, 1L]);
        _database.Execute("create trigger refuse before update on tp_partition begin select raise(abort, 'no ledger'); end");
        await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_other, null, [1L, 2L]));
        _database.Query<long>("select v from other").ShouldBe(1);
    }

    [Fact]
    public async Task S37_staging_belongs_to_its_session_alone()
    {
        await _database.PrepareAsync(_other);
        await using IPartitionSession first = await _database.BeginAsync(Database.Day("2024-01-01"));
        await using IPartitionSession second = await _database.BeginAsync(Database.Day("2024-01-02"));
        await Database.StageAsync(first, _other, null, [1L, 1L]);
        await Database.StageAsync(second, _other, null, [2L, 2L]);
        await first.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        await second.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        _database.List<long>("select id from other order by id").ShouldBe([1, 2]);
        NothingStagedIsLeft();
    }

    [Fact]
    public async Task Staging_takes_no_lock_of_the_database()
    {
        await _database.PrepareAsync(_other);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _other, null, [1L, 1L]);
        using SqliteConnection connection = _database.Open();
        connection.DefaultTimeout = 1;
        connection.Execute("pragma locking_mode = normal; begin exclusive; insert into other values (9, 9); commit");
        connection.QuerySingle<long>("pragma wal_checkpoint(truncate)").ShouldBe(0);
    }

    [Fact]
    public async Task S39_a_cancelled_publish_rolls_back_and_the_partition_stays_as_it_was()
    {
        await _database.LoadAsync(_other, null, [1L, 1L]);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            await Database.StageAsync(session, _other, null, [1L, 2L]);
            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(Database.Succeeded(1), cancelled.Token));
            var end = new RunEnd(RunOutcome.Cancelled, false, DateTimeOffset.UtcNow, default, [], FailureKind.Cancelled, "cancelled");
            await session.FailAsync(end, CancellationToken.None);
        }

        _database.Query<long>("select v from other").ShouldBe(1);
        (await _database.Destination.Ledger.FindPartitionAsync(Database.Pipeline, "all", CancellationToken.None))!.State.ShouldBe(PartitionState.Complete);
        (await _database.Destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None))[0].Outcome.ShouldBe(RunOutcome.Cancelled);
    }

    [Fact]
    public async Task S39_cancelling_ends_the_wait_for_another_writer()
    {
        await _database.LoadAsync(_other, null, [1L, 1L]);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _other, null, [1L, 2L]);
        using (SqliteConnection writer = _database.Open())
        {
            writer.Execute("begin immediate");
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            long started = System.Diagnostics.Stopwatch.GetTimestamp();
            await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(Database.Succeeded(1), cancel.Token));
            System.Diagnostics.Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20), "it would wait 30 if it did not hear of the cancel");
        }

        _database.Query<long>("select v from other").ShouldBe(1);
    }

    [Fact]
    public async Task S39_cancelling_interrupts_a_statement_that_takes_long()
    {
        await _database.PrepareAsync(_other);
        _database.Execute(
            """
            create trigger slow before insert on other begin
                select count(*) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000) select i from n);
            end
            """);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _other, null, [1L, 2L]);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(Database.Succeeded(1), cancel.Token));
        await session.FailAsync(Database.Failed("cancelled"), CancellationToken.None);
        _database.Query<long>("select count(*) from other").ShouldBe(0);
    }

    [Fact]
    public async Task S40_a_value_that_cannot_be_kept_leaves_no_row_and_names_row_column_and_value()
    {
        var table = new TestContract("r", LoadStrategy.Append, [Col.Value("id"), Col.Value("x", ColumnType.Double)]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [1L, 1.5], [2L, double.NaN], [3L, 1.5]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldBe("test.csv:3: column x of r = NaN is not a number, which SQLite would keep as null at this destination; the row is id=2, x=NaN");
        _database.Query<long>("select count(*) from r").ShouldBe(0);
    }

    private void NothingStagedIsLeft() =>
        _database.List<string>("select name from sqlite_master where name like 'stage%'").ShouldBeEmpty();
}
