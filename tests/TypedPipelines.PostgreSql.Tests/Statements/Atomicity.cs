using System.Diagnostics;
using Dapper;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statements 32 to 34, 37, 39 and 40.</summary>
public sealed class Atomicity : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("generation")]);
    private readonly TestContract _other = new("other", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static object?[][] Generation(long generation) => [.. Enumerable.Range(0, 500).Select(id => new object?[] { (long)id, generation })];

    [Fact]
    public async Task S32_readers_see_all_old_or_all_new_rows_and_do_not_wait()
    {
        await _database.LoadAsync(_table, null, Generation(0));
        using var stop = new CancellationTokenSource();
        int reads = 0;
        Task<(int Seen, TimeSpan Longest)> reading = Task.Factory.StartNew(
            () =>
            {
                using NpgsqlConnection connection = _database.Open();
                var seen = new HashSet<long>();
                TimeSpan longest = default;
                while (!stop.IsCancellationRequested)
                {
                    long started = Stopwatch.GetTimestamp();
                    (long rows, long oldest, long newest) = connection.QuerySingle<(long, long, long)>(
                        "select count(*), min(generation), max(generation) from t");
                    TimeSpan took = Stopwatch.GetElapsedTime(started);
                    longest = took > longest ? took : longest;
                    (rows, oldest).ShouldBe((500, newest));
                    seen.Add(newest);
                    Interlocked.Increment(ref reads);
                }

                return (seen.Count, longest);
            },
            TaskCreationOptions.LongRunning);

        // As many publishes as it takes to have the reader look often enough, on however slow a machine.
        for (int generation = 1; generation <= 15 || (Volatile.Read(ref reads) < 100 && generation < 1000 && !reading.IsCompleted); generation++)
        {
            await _database.LoadAsync(_table, null, Generation(generation));
        }

        await stop.CancelAsync();
        (await reading).Seen.ShouldBeGreaterThan(2);
    }

    [Theory]
    [InlineData(LoadStrategy.ReplaceTable)]
    [InlineData(LoadStrategy.Merge)]
    [InlineData(LoadStrategy.ReplacePartition)]
    public async Task S32_a_reader_waits_for_no_publish(LoadStrategy strategy)
    {
        var table = new TestContract("p", strategy, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: strategy == LoadStrategy.ReplacePartition ? "day" : null);
        Partition day = Database.Day("2024-03-01");
        object?[] row = [1L, new DateOnly(2024, 3, 1)];
        await _database.LoadAsync(table, day, row);
        _database.Execute("create function slow() returns trigger language plpgsql as $f$ begin perform pg_sleep(1.5); return null; end $f$; create trigger slow after update or insert on typed_pipelines.partition for each row execute function slow()");
        Task<LoadedTable> publishing = _database.LoadAsync(table, day, row, [2L, new DateOnly(2024, 3, 1)]);
        long started = Stopwatch.GetTimestamp();
        int reads = 0;
        for (; !publishing.IsCompleted; reads++)
        {
            _database.Execute("set statement_timeout = '1s'; select * from p");
        }

        await publishing;
        reads.ShouldBeGreaterThan(3);
        _database.Query<long>("select count(*) from p").ShouldBe(2);
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
    public async Task A_source_closed_before_its_end_does_not_read_the_rest()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("insert into t select n, 0 from generate_series(1, 3000000) as n");
        await using IPartitionSession session = await _database.BeginAsync();
        IRowSource<object?[]> source = await session.ReadAsync(_table, null, CancellationToken.None);
        (await source.ReadAsync(new RowBatch<object?[]>(), CancellationToken.None)).ShouldBeTrue();
        long started = Stopwatch.GetTimestamp();
        await source.DisposeAsync();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task S32_two_tables_publish_together_or_not_at_all()
    {
        await _database.LoadAsync(_table, null, [1L, 0L]);
        await _database.LoadAsync(_other, null, [1L, 0L]);
        _database.Refuse("update", "other", "no", "new.v = 2");
        foreach (long generation in new[] { 2L, 1L })
        {
            await using IPartitionSession session = await _database.BeginAsync();
            await Database.StageAsync(session, _table, null, [1L, generation]);
            await Database.StageAsync(session, _other, null, [1L, generation]);
            Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
            if (generation == 2)
            {
                (await Should.ThrowAsync<PipelineException>(publish)).Kind.ShouldBe(FailureKind.Destination);
                _database.Query<string>("select (select generation::text from t) || (select v::text from other)").ShouldBe("00");
                await session.FailAsync(Database.Failed("refused"), CancellationToken.None);
            }
            else
            {
                (await publish).Select(table => table.Table).ShouldBe(["t", "other"]);
                _database.Query<string>("select (select generation::text from t) || (select v::text from other)").ShouldBe("11");
            }
        }
    }

    [Fact]
    public async Task Rows_of_two_tables_that_come_by_turns_all_arrive()
    {
        await _database.PrepareAsync(_table, _other);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            IStaging<object?[]> first = await session.StageAsync(_table, CancellationToken.None);
            IStaging<object?[]> second = await session.StageAsync(_other, CancellationToken.None);
            for (int batch = 0; batch < 60; batch++)
            {
                object?[][] rows = [.. Enumerable.Range(batch * 4096, 4096).Select(id => new object?[] { (long)id, (long)id })];
                await first.AddAsync(rows, CancellationToken.None);
                await second.AddAsync(rows, CancellationToken.None);
            }

            await session.PublishAsync(Database.Succeeded(), CancellationToken.None);
        }

        _database.Query<string>("select (select count(*) || ' ' || sum(generation) from t) || ' ' || (select count(*) || ' ' || sum(v) from other)")
            .ShouldBe("245760 30198865920 245760 30198865920");
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
        _database.List<string>("select outcome from typed_pipelines.run order by sequence").ShouldBe(["succeeded", "abandoned", "succeeded"]);
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
        await RunAsync(_database.Destination, 1);
        for (int stopAt = 1; survived == 0; stopAt++)
        {
            var breaker = new StatementBreaker();
            bool published = false;
            await using (PostgreSqlDestination dying = _database.NewDestination(breaker))
            {
                breaker.Arm(stopAt);
                try
                {
                    await RunAsync(dying, 2, () => published = true);
                    survived = stopAt;
                    breaker.Disarm();
                }
                catch (StatementBreaker.Stopped)
                {
                    _database.Query<string>("select (select string_agg(v::text, ',') from w) || ' ' || (select v from other) || ' ' || (select state from typed_pipelines.partition)")
                        .ShouldBe(published ? "2,2 2 complete" : "1,1 1 complete", $"stopped at statement {stopAt}: {breaker.Statements[^1]}");
                }
            }

            if (survived == 0)
            {
                await RunAsync(_database.Destination, 3);
                _database.Query<string>("select (select string_agg(v::text, ',') from w) || ' ' || (select v from other)").ShouldBe("3,3 3");
                _database.Query<long>("select count(*) from typed_pipelines.run where outcome = 'running'").ShouldBe(0);
                NothingStagedIsLeft();
                await RunAsync(_database.Destination, 1);
            }
        }

        survived.ShouldBeGreaterThan(25);

        async Task RunAsync(PostgreSqlDestination destination, long v, Action? published = null)
        {
            await destination.PrepareAsync([window, _other], CancellationToken.None);
            await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(day), TimeSpan.FromSeconds(10), CancellationToken.None);
            await Database.StageAsync(session, window, day, [1L, date, v], [2L, date, v]);
            await Database.StageAsync(session, _other, day, [1L, v]);
            await session.PublishAsync(Database.Succeeded(3), CancellationToken.None);
            published?.Invoke();
        }
    }

    [Fact]
    public async Task S34_rows_and_their_ledger_entry_commit_together()
    {
        await _database.LoadAsync(_other, null, [1L, 1L]);
        _database.Refuse("update", "typed_pipelines.partition", "no ledger");
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
        await first.DisposeAsync();
        await second.DisposeAsync();
        NothingStagedIsLeft();
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
            var end = new RunEnd(RunOutcome.Cancelled, false, Database.Now(), default, [], FailureKind.Cancelled, "cancelled");
            await session.FailAsync(end, CancellationToken.None);
        }

        _database.Query<long>("select v from other").ShouldBe(1);
        (await _database.Destination.Ledger.FindPartitionAsync(Database.Pipeline, "all", CancellationToken.None))!.State.ShouldBe(PartitionState.Complete);
        (await _database.Destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None))[0].Outcome.ShouldBe(RunOutcome.Cancelled);
    }

    [Fact]
    public async Task S39_cancelling_interrupts_a_statement_that_takes_long_and_rolls_back()
    {
        await _database.PrepareAsync(_other);
        _database.Execute("create function slow() returns trigger language plpgsql as $f$ begin perform pg_sleep(60); return new; end $f$; create trigger slow before insert on other for each row execute function slow()");
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _other, null, [1L, 2L]);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        long started = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<OperationCanceledException>(session.PublishAsync(Database.Succeeded(1), cancel.Token));
        await session.FailAsync(Database.Failed("cancelled"), CancellationToken.None);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        _database.Query<long>("select count(*) from other").ShouldBe(0);
        _database.Query<string>("select outcome from typed_pipelines.run").ShouldBe("failed");
    }

    [Fact]
    public async Task S40_a_value_that_cannot_be_kept_leaves_no_row_and_names_row_column_and_value()
    {
        var table = new TestContract("r", LoadStrategy.Append, [Col.Value("id"), Col.Value("x", ColumnType.String)]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [1L, "a"], [2L, "b\0c"], [3L, "d"]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldBe(@"test.csv:3: column x of r = 'b\u0000c' holds the character NUL, which no text of PostgreSQL can at this destination; the row is id=2, x='b\u0000c'");
        _database.Query<long>("select count(*) from r").ShouldBe(0);
    }

    private void NothingStagedIsLeft() => _database.List<string>("select relname::text from pg_catalog.pg_class where relname like 'stage%' or relpersistence = 't'").ShouldBeEmpty();
}
