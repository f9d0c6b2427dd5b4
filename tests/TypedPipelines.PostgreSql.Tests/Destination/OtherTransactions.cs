using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statements 30, 35, 36 and 38 as only this server has it: connections that end, and other transactions in the way.</summary>
public sealed class OtherTransactions : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

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
    public async Task S36_the_run_of_a_connection_that_is_gone_is_marked_abandoned()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession dead = await _database.BeginAsync();
        _database.Execute("select pg_terminate_backend((select backend from typed_pipelines.lock), 5000)");
        await using IPartitionSession next = await _database.BeginAsync();
        _database.List<string>("select outcome from typed_pipelines.run order by sequence").ShouldBe(["abandoned", "running"]);
        _database.Query<long>("select token from typed_pipelines.lock").ShouldBe(2);
    }

    [Fact]
    public async Task S35_a_publish_that_waits_for_long_says_who_it_waits_for()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        await using var idle = new NpgsqlConnection($"{_database.ConnectionString};Application Name=psql of somebody");
        await idle.OpenAsync();
        await using NpgsqlTransaction open = await idle.BeginTransactionAsync();
        await new NpgsqlCommand("lock table t in exclusive mode", idle, open).ExecuteNonQueryAsync();
        var log = new EventLog(LogLevel.Warning);
        await using var destination = new PostgreSqlDestination(_database.ConnectionString, new HurriedTime(), log);
        await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, _table, null, [1L, 2L]);
        Task<IReadOnlyList<LoadedTable>> publish = Task.Run(() => session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
        SpinWait.SpinUntil(() => log.Messages.Count > 0, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        log.Messages[0].ShouldMatch(
            @"^Publishing flights all waits for psql of somebody of user \w+ \(process \d+, in a transaction since [0-9: -]+ UTC\)\. It goes on when that ends; pg_terminate_backend ends what hangs$");
        publish.IsCompleted.ShouldBeFalse();
        await open.RollbackAsync();
        (await publish)[0].Updated.ShouldBe(1);
    }

    [Theory]
    [InlineData("alter table m alter column v type numeric(20,2)", "column v")]
    [InlineData("alter table m alter column day type timestamp using day", "column day")]
    [InlineData("create rule r as on delete to m do instead nothing", "it has the rule r, which does something else instead")]
    public async Task S07_a_table_that_somebody_changes_while_its_publish_waits_for_that_is_looked_at_again(string change, string reason)
    {
        var table = new TestContract("m", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Decimal("v", 20, 6)], partition: "day");
        var day = new DateOnly(2024, 3, 1);
        Partition partition = PartitionScheme.Daily("2024-03-01").Parse("2024-03-01");
        await _database.LoadAsync(table, partition, [day, 1.5m]);
        await using var migration = new NpgsqlConnection(_database.ConnectionString);
        await migration.OpenAsync();
        await using NpgsqlTransaction open = await migration.BeginTransactionAsync();
        await new NpgsqlCommand(change, migration, open).ExecuteNonQueryAsync();

        Task<LoadedTable> load = Task.Run(() => _database.LoadAsync(table, partition, [day, 1.234567m]));
        SpinWait.SpinUntil(() => load.IsCompleted || _database.Query<long>("select count(*) from pg_locks where not granted") > 0, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        load.IsCompleted.ShouldBeFalse("it waits for the migration");
        await open.CommitAsync();

        PipelineException refused = await Should.ThrowAsync<PipelineException>(load);
        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldContain(reason);
        _database.List<decimal>("select v from m").ShouldBe([1.5m]);
    }

    [Theory]
    [InlineData("alter table m add column more text")]
    [InlineData("create index more on m (v)")]
    [InlineData("grant select on m to public; analyze m; alter table m alter column v set statistics 5")]
    [InlineData("alter table m rename column v to w; alter table m rename column w to v")]
    public async Task A_table_that_somebody_changes_in_what_the_contract_does_not_mind_is_loaded_all_the_same(string change)
    {
        var table = new TestContract("m", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Decimal("v", 20, 6)], partition: "day");
        var day = new DateOnly(2024, 3, 1);
        Partition partition = PartitionScheme.Daily("2024-03-01").Parse("2024-03-01");
        await _database.LoadAsync(table, partition, [day, 1.5m]);
        await using IPartitionSession session = await _database.BeginAsync(partition);
        await Database.StageAsync(session, table, partition, [day, 2.5m]);

        _database.Execute(change);

        (await session.PublishAsync(Database.Succeeded(1), CancellationToken.None))[0].Inserted.ShouldBe(1);
        _database.List<decimal>("select v from m").ShouldBe([2.5m]);
    }

    [Fact]
    public async Task S37_a_run_whose_server_starts_again_is_noted_as_failed_once_that_is_there()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        string name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;
        IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 2L]);
        try
        {
            await using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres" }.ConnectionString);
            await other.OpenAsync();
            // As a server that goes down: no connection is left, and none is given for a time.
            await new NpgsqlCommand($"alter database {name} allow_connections false", other).ExecuteNonQueryAsync();
            await new NpgsqlCommand($"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'", other).ExecuteNonQueryAsync();
            (await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
            Task noted = session.FailAsync(Database.Failed("gone"), CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            noted.IsCompleted.ShouldBeFalse();
            await new NpgsqlCommand($"alter database {name} allow_connections true", other).ExecuteNonQueryAsync();
            await noted;
        }
        finally
        {
            await session.DisposeAsync();
        }

        _database.Query<string>("select state from typed_pipelines.partition").ShouldBe("failed");
        _database.List<long>("select v from t").ShouldBe([1]);
    }

    [Fact]
    public async Task S35_the_wait_for_a_table_is_bounded_by_the_lock_timeout_of_the_connection()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        await using var idle = new NpgsqlConnection(_database.ConnectionString);
        await idle.OpenAsync();
        await using NpgsqlTransaction open = await idle.BeginTransactionAsync();
        await new NpgsqlCommand("lock table t in exclusive mode", idle, open).ExecuteNonQueryAsync();
        await using var destination = new PostgreSqlDestination($"{_database.ConnectionString};Options=-c lock_timeout=300", TimeProvider.System, new StatementBreaker());
        await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, _table, null, [1L, 2L]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
        e.What.ShouldContain("lock timeout");
        e.Next.ShouldContain("look for who holds the table's locks");
        await open.RollbackAsync();
        _database.List<long>("select v from t").ShouldBe([1]);
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
        using NpgsqlConnection writer = _database.Open();
        await using NpgsqlTransaction transaction = await writer.BeginTransactionAsync();
        await RunAsync("update late set v = 7 where id = 1");
        Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
        SpinWait.SpinUntil(() => _database.Waits(new StatementBreaker()), TimeSpan.FromMinutes(1)).ShouldBeTrue("the publish must wait for the writer");
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
    public async Task S30_a_row_that_a_writer_outside_the_lock_inserts_meanwhile_is_merged_as_if_it_had_been_there()
    {
        Task<IReadOnlyList<LoadedTable>> publish = await PublishWhileARowIsInsertedAsync(_table);
        (await publish).ShouldBe([new LoadedTable("t", 1, 0, 0, 1, 0)]);
        _database.Query<long>("select v from t").ShouldBe(5);
    }

    [Fact]
    public async Task S30_in_two_statements_it_is_an_error_that_names_the_index_and_keeps_its_row()
    {
        Task<IReadOnlyList<LoadedTable>> publish = await PublishWhileARowIsInsertedAsync(new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")], upserts: false));
        (await Should.ThrowAsync<PipelineException>(publish)).What.ShouldContain("the unique index t_pkey (the primary key) of table t refused a row");
        _database.Query<long>("select v from t").ShouldBe(77);
    }

    /// <summary>A publish of a key that another transaction inserts, and commits when the publish waits for it.</summary>
    private async Task<Task<IReadOnlyList<LoadedTable>>> PublishWhileARowIsInsertedAsync(TestContract table)
    {
        await _database.PrepareAsync(table);
        IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, table, null, [1L, 5L]);
        using NpgsqlConnection writer = _database.Open();
        await using NpgsqlTransaction transaction = await writer.BeginTransactionAsync();
        await using (NpgsqlCommand insert = new("insert into t values (1, 77)", writer, transaction))
        {
            await insert.ExecuteNonQueryAsync();
        }

        Task<IReadOnlyList<LoadedTable>> publish = PublishAsync();
        SpinWait.SpinUntil(() => _database.Waits(new StatementBreaker()), TimeSpan.FromMinutes(1)).ShouldBeTrue("the publish must wait for the writer");
        await transaction.CommitAsync();
        return publish;

        async Task<IReadOnlyList<LoadedTable>> PublishAsync()
        {
            await using (session)
            {
                return await session.PublishAsync(Database.Succeeded(1), CancellationToken.None);
            }
        }
    }

    /// <summary>A clock whose delays pass a hundred times as fast.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
