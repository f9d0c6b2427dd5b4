using Dapper;
using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Statements 32, 33, 35, 36 and 38: other runs, readers and transactions in the way.</summary>
public sealed class Others
{
    private static readonly TestContract Table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v")]);

    [Fact]
    public async Task S35_a_second_run_fails_fast_and_names_the_other_or_waits_for_it()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        await database.PrepareAsync(Table);
        IPartitionSession first = await database.BeginAsync();
        Guid run = database.Query<Guid>("select run_id from typed_pipelines.[lock]");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.BeginAsync());
        e.Kind.ShouldBe(FailureKind.Locked);
        e.What.ShouldStartWith($"flights all is being run by run {run} on {Environment.MachineName} (process {Environment.ProcessId}), since 20");
        (await Should.ThrowAsync<PipelineException>(database.BeginAsync(lockWait: TimeSpan.FromMilliseconds(300)))).Kind.ShouldBe(FailureKind.Locked);

        Task<IPartitionSession> waiting = database.BeginAsync(lockWait: TimeSpan.FromSeconds(60));
        await SqlServerTestDatabase.StageAsync(first, Table, null, [1L, 1L]);
        await first.PublishAsync(SqlServerTestDatabase.Succeeded(1), CancellationToken.None);
        await first.DisposeAsync();
        await using IPartitionSession second = await waiting;
        second.Before!.State.ShouldBe(PartitionState.Complete);
    }

    [Fact]
    public async Task S35_waiting_ends_when_it_is_cancelled_and_leaves_no_lock()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        await database.PrepareAsync(Table);
        await using (await database.BeginAsync())
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
            await Should.ThrowAsync<OperationCanceledException>(database.Destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.FromMinutes(5), cancel.Token));
        }

        await using IPartitionSession next = await database.BeginAsync();
    }

    [Fact]
    public async Task S33_a_session_leaves_neither_lock_nor_staging_in_a_pooled_connection()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        for (int round = 0; round < 3; round++)
        {
            await database.PrepareAsync(Table);
            await using IPartitionSession session = await database.BeginAsync();
            await SqlServerTestDatabase.StageAsync(session, Table, null, [1L, 1L]);
        }

        database.Query<int>("select count(*) from typed_pipelines.[lock] where run_id is not null").ShouldBe(0);
        database.Query<int>("select count(*) from t").ShouldBe(0);
    }

    [Fact]
    public async Task S36_a_run_that_lost_its_lock_cannot_publish()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        await database.LoadAsync(Table, null, [1L, 1L]);
        await using IPartitionSession session = await database.BeginAsync();
        await SqlServerTestDatabase.StageAsync(session, Table, null, [1L, 99L]);
        database.Execute("update typed_pipelines.[lock] set run_id = @thief, token = token + 1", new { thief = Guid.NewGuid() });
        (await Should.ThrowAsync<PipelineException>(session.PublishAsync(SqlServerTestDatabase.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
        database.Query<long>("select v from t").ShouldBe(1);
    }

    [Fact]
    public async Task S38_the_victim_of_a_deadlock_publishes_from_the_start_again()
    {
        var log = new PublishLog();
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        await database.LoadAsync(Table, null, [1L, 1L]);
        await using SqlConnection other = database.Open();
        await using SqlServerDestination destination = database.NewDestination(log);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await SqlServerTestDatabase.StageAsync(session, Table, null, [1L, 2L]);
        await other.ExecuteAsync("set deadlock_priority high; begin transaction; update t set v = 5");
        Task<IReadOnlyList<LoadedTable>> publishing = Task.Run(() => session.PublishAsync(SqlServerTestDatabase.Succeeded(1), CancellationToken.None));

        // The publish has its lock row and is on its way to the table. It comes first to its wait: on Babelfish, which knows no priority, it then is
        // also the first to look for a circle. Should it have failed before it came so far, the test fails with that, and does not wait.
        await (await Task.WhenAny(publishing, log.AtTables).WaitAsync(TimeSpan.FromMinutes(1)));
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        publishing.IsCompleted.ShouldBeFalse("the table is locked");

        // What waits for the lock row from here makes a circle, in which the publish gives way.
        await other.ExecuteAsync("update typed_pipelines.[lock] set worker = worker; commit transaction");
        (await publishing.WaitAsync(TimeSpan.FromMinutes(2)))[0].Inserted.ShouldBe(1);
        log.Retries.ShouldBeGreaterThan(0, "there was no deadlock");
        database.Query<long>("select v from t").ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S32_a_reader_sees_all_old_rows_or_waits_and_sees_all_new_ones(bool readersSeeVersions)
    {
        SqlServerTestDatabase? database = null;
        Task<long>? reading = null;
        var hook = new StatementHook("update typed_pipelines.[partition]", () =>
        {
            // In the middle of the publish: its rows are changed, and not committed.
            reading = Task.Run(() => database!.Query<long>("select sum(v) from t"));
            if (readersSeeVersions || database!.IsBabelfish)
            {
                reading.GetAwaiter().GetResult().ShouldBe(1000);
            }
            else
            {
                using SqlConnection impatient = database.Open();
                Should.Throw<SqlException>(() => impatient.QuerySingle<long>("set lock_timeout 200; select sum(v) from t")).Number.ShouldBe(1222);
            }
        });
        await using (database = SqlServerTestDatabase.Create(readersSeeVersions))
        {
            await database.LoadAsync(Table, null, [.. Enumerable.Range(0, 1000).Select(n => new object?[] { (long)n, 1L })]);
            await using SqlServerDestination destination = database.NewDestination(hook);
            await using (IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None))
            {
                await SqlServerTestDatabase.StageAsync(session, Table, null, [.. Enumerable.Range(0, 1000).Select(n => new object?[] { (long)n, 2L })]);
                await session.PublishAsync(SqlServerTestDatabase.Succeeded(1000), CancellationToken.None);
            }

            (await reading!).ShouldBe(readersSeeVersions || database.IsBabelfish ? 1000 : 2000);
            database.Query<long>("select sum(v) from t").ShouldBe(2000);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S35_different_partitions_of_one_table_run_at_once(bool readersSeeVersions)
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create(readersSeeVersions);
        var table = new TestContract("d", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");
        await database.PrepareAsync(table);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Run(() => database.LoadAsync(
            table, SqlServerTestDatabase.Day($"2024-01-0{n}"), [.. Enumerable.Range(0, 1000).Select(v => new object?[] { new DateOnly(2024, 1, n), (long)v })]))));
        database.Query<int>("select count(*) from d").ShouldBe(4000);
        database.Query<int>("select count(distinct day) from d").ShouldBe(4);
    }
}
