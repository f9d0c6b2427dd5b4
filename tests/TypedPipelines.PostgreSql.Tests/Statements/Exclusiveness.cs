using System.Diagnostics;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statements 30, 35, 36 and 38: one run of a partition at a time, and others in the way.</summary>
public sealed class Exclusiveness : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task S35_a_second_run_fails_fast_and_names_the_other()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        Guid run = _database.Query<Guid>("select run_id from typed_pipelines.lock");
        long started = Stopwatch.GetTimestamp();
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.BeginAsync());
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        e.Kind.ShouldBe(FailureKind.Locked);
        e.What.ShouldStartWith($"flights all is being run by run {run} on {Environment.MachineName} (process {Environment.ProcessId}), since 20");
        _database.Query<long>("select count(*) from typed_pipelines.run").ShouldBe(1);
    }

    [Fact]
    public async Task S35_a_second_run_waits_for_the_first()
    {
        await _database.PrepareAsync(_table);
        IPartitionSession first = await _database.BeginAsync();
        Task<IPartitionSession> waiting = _database.BeginAsync(lockWait: TimeSpan.FromSeconds(20));
        await Task.Delay(300);
        waiting.IsCompleted.ShouldBeFalse();
        await Database.StageAsync(first, _table, null, [1L, 1L]);
        await first.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        await first.DisposeAsync();
        await using IPartitionSession second = await waiting;
        second.Before!.State.ShouldBe(PartitionState.Complete);
    }

    [Fact]
    public async Task S35_waiting_is_bounded_and_ends_when_it_is_cancelled()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession first = await _database.BeginAsync();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
        await Should.ThrowAsync<OperationCanceledException>(_database.Destination.BeginAsync(Database.NewRun(), TimeSpan.FromMinutes(1), cancel.Token));
        long started = Stopwatch.GetTimestamp();
        (await Should.ThrowAsync<PipelineException>(_database.BeginAsync(lockWait: TimeSpan.FromMilliseconds(400)))).Kind.ShouldBe(FailureKind.Locked);
        Stopwatch.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));
        await first.DisposeAsync();
        await using IPartitionSession next = await _database.BeginAsync();
    }

    [Fact]
    public async Task S35_many_at_once_end_as_one()
    {
        await _database.PrepareAsync(_table);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => _database.LoadAsync(_table, null, [1L, 1L], [2L, 2L]))));
        _database.List<long>("select v from t order by id").ShouldBe([1, 2]);
        _database.List<string>("select distinct outcome from typed_pipelines.run").ShouldBe(["succeeded"]);
        _database.Query<long>("select token from typed_pipelines.lock").ShouldBe(8);
        _database.Query<long>("select count(*) from typed_pipelines.lock where run_id is not null").ShouldBe(0);
        _database.Query<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())").ShouldBe(0);
    }

    [Fact]
    public async Task S35_different_partitions_run_in_parallel()
    {
        var table = new TestContract(
            "d", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");
        await _database.PrepareAsync(table);
        using var allBegun = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Factory.StartNew(
            () => RunAsync(n).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning)));
        _database.Query<string>("select count(*) || ' ' || count(distinct day) from d").ShouldBe("4000 4");

        async Task RunAsync(int n)
        {
            Partition day = Database.Day($"2024-01-0{n}");
            await using IPartitionSession session = await _database.BeginAsync(day);
            object?[][] rows = [.. Enumerable.Range(0, 1000).Select(v => new object?[] { new DateOnly(2024, 1, n), (long)v })];
            await Database.StageAsync(session, table, day, rows);
            allBegun.SignalAndWait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            await session.PublishAsync(Database.Succeeded(1000), CancellationToken.None);
        }
    }

    [Fact]
    public async Task S35_partitions_that_merge_the_same_keys_take_turns_without_deadlock()
    {
        await _database.PrepareAsync(_table);
        var random = new Random(1);
        object?[][][] batches = [.. Enumerable.Range(1, 6).Select(n => Enumerable.Range(0, 3000).OrderBy(_ => random.Next()).Select(id => new object?[] { (long)id, (long)n }).ToArray())];
        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => Task.Run(() => _database.LoadAsync(_table, Database.Day($"2024-01-0{n}"), batches[n - 1]))));
        _database.Query<string>("select count(*) || ' ' || count(distinct v) from t").ShouldBe("3000 1");
        _database.Query<long>("select count(*) from typed_pipelines.run where outcome = 'succeeded'").ShouldBe(6);
    }

    [Fact]
    public async Task S36_a_run_that_lost_its_lock_cannot_publish()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            await Database.StageAsync(session, _table, null, [1L, 99L]);
            _database.Execute("update typed_pipelines.lock set run_id = @thief, token = token + 1", new { thief = Guid.NewGuid() });
            PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
            e.Kind.ShouldBe(FailureKind.LockLost);
            _database.Query<long>("select v from t").ShouldBe(1);

            await session.FailAsync(Database.Failed("lost", new Reject("s", null, 1, null, null, "raw", "why")), CancellationToken.None);
            _database.Query<string>("select state from typed_pipelines.partition").ShouldBe("complete");
            _database.Query<string>("select outcome from typed_pipelines.run order by sequence desc limit 1").ShouldBe("failed");
            _database.Query<long>("select count(*) from typed_pipelines.reject").ShouldBe(1);
        }

        _database.Query<long>("select count(*) from typed_pipelines.lock where run_id is not null").ShouldBe(1); // The thief's lock is not given free.
    }

    [Fact]
    public async Task S36_the_token_alone_gives_a_stale_run_away()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 99L]);
        _database.Execute("update typed_pipelines.lock set token = token + 1");
        (await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S36_a_run_whose_connection_was_ended_cannot_publish_and_the_partition_is_free_at_once(bool duringCopy)
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        await using (IPartitionSession dead = await _database.BeginAsync())
        {
            IStaging<object?[]> staging = await dead.StageAsync(_table, CancellationToken.None);
            object?[][] rows = duringCopy ? [.. Enumerable.Range(0, 50_000).Select(id => new object?[] { (long)id, 99L })] : [[1L, 99L]];
            await staging.AddAsync(rows, CancellationToken.None);
            _database.Execute("select pg_terminate_backend((select backend from typed_pipelines.lock), 5000)");
            await _database.LoadAsync(_table, null, [1L, 2L]);
            PipelineException e = await Should.ThrowAsync<PipelineException>(dead.PublishAsync(Database.Succeeded(1), CancellationToken.None));
            e.Kind.ShouldBe(FailureKind.LockLost);
            e.What.ShouldContain("its connection ended");
            await dead.FailAsync(Database.Failed(e.Message), CancellationToken.None);
        }

        _database.List<long>("select v from t").ShouldBe([2]);
        _database.Query<string>("select state from typed_pipelines.partition").ShouldBe("complete");
        _database.List<string>("select outcome from typed_pipelines.run order by sequence").ShouldBe(["succeeded", "failed", "succeeded"]);
        await using IPartitionSession next = await _database.BeginAsync();
    }

    [Fact]
    public async Task The_run_of_a_connection_that_is_gone_is_marked_abandoned()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession dead = await _database.BeginAsync();
        _database.Execute("select pg_terminate_backend((select backend from typed_pipelines.lock), 5000)");
        await using IPartitionSession next = await _database.BeginAsync();
        _database.List<string>("select outcome from typed_pipelines.run order by sequence").ShouldBe(["abandoned", "running"]);
        _database.Query<long>("select token from typed_pipelines.lock").ShouldBe(2);
    }

    [Fact]
    public async Task S38_a_serialization_failure_is_tried_again_with_a_limit()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        _database.Execute(
            """
            create sequence attempts;
            create function in_the_way() returns trigger language plpgsql as $f$
            begin
                if nextval('attempts') < (select v from tries) then raise exception 'in the way' using errcode = '40001'; end if;
                return new;
            end $f$;
            create table tries (v bigint);
            insert into tries values (4);
            create trigger in_the_way before update on t for each row execute function in_the_way();
            """);
        (await _database.LoadAsync(_table, null, [1L, 2L])).Updated.ShouldBe(1);
        _database.Query<long>("select last_value from attempts").ShouldBe(4);

        _database.Execute("update tries set v = 1000");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_table, null, [1L, 3L]));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.Message.ShouldContain("Other transactions were in the way");
        _database.Query<long>("select v from t").ShouldBe(2);
    }

    [Fact]
    public async Task S38_a_deadlock_is_resolved_by_trying_again()
    {
        await _database.LoadAsync(_table, null, [1L, 1L], [2L, 1L]);
        var late = new TestContract("late", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await _database.LoadAsync(late, null, [1L, 1L]);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 2L]);
        await Database.StageAsync(session, late, null, [1L, 2L]);
        _database.Execute("create function slow() returns trigger language plpgsql as $f$ begin perform pg_sleep(0.5); return null; end $f$; create trigger slow after update on t for each row execute function slow()");
        using NpgsqlConnection writer = _database.Open();
        await using NpgsqlTransaction transaction = await writer.BeginTransactionAsync();
        await RunAsync("update late set v = 7 where id = 1");
        Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
        await Task.Delay(200);
        bool writerLost = false;
        try
        {
            await RunAsync("set local deadlock_timeout = '30s'; update t set v = 8 where id = 1");
            await transaction.CommitAsync();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            writerLost = true;
        }

        (await publish).Count.ShouldBe(2);
        writerLost.ShouldBeFalse("the publish is the one whose deadlock timeout came first");
        _database.Query<string>("select (select v from t where id = 1) || ' ' || (select v from late)").ShouldBe("2 2");

        async Task RunAsync(string sql)
        {
            await using NpgsqlCommand command = new(sql, writer, transaction);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task S30_a_writer_outside_the_lock_makes_an_error_that_names_the_index_and_keeps_its_row()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 5L]);
        using NpgsqlConnection writer = _database.Open();
        await using NpgsqlTransaction transaction = await writer.BeginTransactionAsync();
        await using (NpgsqlCommand insert = new("insert into t values (1, 77)", writer, transaction))
        {
            await insert.ExecuteNonQueryAsync();
        }

        Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        await Task.Delay(300);
        await transaction.CommitAsync();
        (await Should.ThrowAsync<PipelineException>(publish)).What.ShouldContain("the unique index t_pkey (the primary key) of table t refused a row");
        _database.Query<long>("select v from t").ShouldBe(77);
    }
}
