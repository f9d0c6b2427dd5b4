using System.Diagnostics;
using Dapper;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statements 35 and 36: one run of a partition at a time.</summary>
public sealed class Exclusiveness : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task S35_a_second_run_fails_fast_and_names_the_other()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        string run = _database.Query<string>("select run_id from tp_lock");
        long started = Stopwatch.GetTimestamp();
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.BeginAsync());
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(15), "half of what it would wait if it waited");
        e.Kind.ShouldBe(FailureKind.Locked);
        e.What.ShouldStartWith($"flights all is being run by run {run} on {Environment.MachineName} (process {Environment.ProcessId}), since 20");
    }

    [Fact]
    public async Task S35_a_second_run_waits_for_the_first()
    {
        await _database.PrepareAsync(_table);
        IPartitionSession first = await _database.BeginAsync();
        Task<IPartitionSession> waiting = _database.BeginAsync(lockWait: TimeSpan.FromSeconds(20));
        await Task.Delay(200);
        waiting.IsCompleted.ShouldBeFalse();
        await Database.StageAsync(first, _table, null, [1L, 1L]);
        await first.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        await first.DisposeAsync();
        await using IPartitionSession second = await waiting;
        second.Before!.State.ShouldBe(PartitionState.Complete);
    }

    [Fact]
    public async Task S35_waiting_ends_when_it_is_cancelled()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession first = await _database.BeginAsync();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(
            _database.Destination.BeginAsync(Database.NewRun(), TimeSpan.FromMinutes(1), cancel.Token));
    }

    [Fact]
    public async Task S35_many_at_once_end_as_one()
    {
        await _database.PrepareAsync(_table);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => _database.LoadAsync(_table, null, [1L, 1L], [2L, 2L]))));
        _database.List<long>("select v from t order by id").ShouldBe([1, 2]);
        _database.List<string>("select distinct outcome from tp_run").ShouldBe(["succeeded"]);
        _database.Query<long>("select token from tp_lock").ShouldBe(8);
        _database.Query<long>("select count(*) from tp_lock where run_id is not null").ShouldBe(0);
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
        _database.List<string>("select day || ' ' || count(*) from d group by day order by day").Count.ShouldBe(4);
        _database.Query<long>("select count(*) from d").ShouldBe(4000);

        async Task RunAsync(int n)
        {
            Partition day = Database.Day($"2024-01-0{n}");
            await using IPartitionSession session = await _database.BeginAsync(day);
            allBegun.SignalAndWait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            object?[][] rows = [.. Enumerable.Range(0, 1000).Select(v => new object?[] { new DateOnly(2024, 1, n), (long)v })];
            await Database.StageAsync(session, table, day, rows);
            await session.PublishAsync(Database.Succeeded(1000), CancellationToken.None);
        }
    }

    [Fact]
    public async Task S36_a_run_that_lost_its_lock_cannot_publish()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            await Database.StageAsync(session, _table, null, [1L, 99L]);
            string thief = Guid.NewGuid().ToString("D");
            _database.Execute("update tp_lock set run_id = @thief, token = token + 1", new { thief });
            PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
            e.Kind.ShouldBe(FailureKind.LockLost);
            _database.Query<long>("select v from t").ShouldBe(1);

            await session.FailAsync(Database.Failed("lost", new Reject("s", null, 1, null, null, "raw", "why")), CancellationToken.None);
            _database.Query<string>("select state from tp_partition").ShouldBe("complete");
            _database.Query<string>("select outcome from tp_run order by sequence desc limit 1").ShouldBe("failed");
            _database.Query<long>("select count(*) from tp_reject").ShouldBe(1);
        }

        _database.Query<long>("select count(*) from tp_lock where run_id is not null").ShouldBe(1); // The thief's lock is not given free.
    }

    [Fact]
    public async Task S36_the_token_alone_gives_a_stale_run_away()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 99L]);
        _database.Execute("update tp_lock set token = token + 1");
        (await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
    }

    [Theory]
    [InlineData("update tp_lock set process_id = 4194999")]
    [InlineData("update tp_lock set process_start = '1'")]
    [InlineData("update tp_lock set machine = 'elsewhere', expires_at = '2001-01-01T00:00:00.0000000Z'")]
    public async Task The_lock_of_a_run_that_is_gone_is_taken_over(string gone)
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession dead = await _database.BeginAsync();
        _database.Execute(gone);
        await using IPartitionSession next = await _database.BeginAsync();
        _database.List<string>("select outcome from tp_run order by sequence").ShouldBe(["abandoned", "running"]);
        _database.Query<long>("select token from tp_lock").ShouldBe(2);
        await Database.StageAsync(dead, _table, null, [1L, 1L]);
        (await Should.ThrowAsync<PipelineException>(dead.PublishAsync(Database.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
    }

    [Fact]
    public async Task The_lock_of_another_process_is_respected_until_it_dies()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        using Process other = Process.Start("sleep", "60");
        string start = File.ReadAllText($"/proc/{other.Id}/stat").Split(") ")[^1].Split(' ')[19];
        _database.Execute("update tp_lock set run_id = @run, process_id = @id, process_start = @start", new { run = Guid.NewGuid().ToString("D"), id = other.Id, start });
        (await Should.ThrowAsync<PipelineException>(_database.BeginAsync())).Kind.ShouldBe(FailureKind.Locked);
        other.Kill();
        await using IPartitionSession next = await _database.BeginAsync(lockWait: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_lock_of_another_machine_is_respected_until_its_lease_ends()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        _database.Execute("update tp_lock set machine = 'elsewhere', process_id = 4194999");
        (await Should.ThrowAsync<PipelineException>(_database.BeginAsync())).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task The_lock_that_this_process_left_behind_is_taken_over()
    {
        await _database.PrepareAsync(_table);
        var breaker = new StatementBreaker();
        var destination = new SqliteDestination(_database.ConnectionString, TimeProvider.System, breaker);
        IPartitionSession broken = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        breaker.Arm(1);
        await Should.ThrowAsync<StatementBreaker.Stopped>(broken.DisposeAsync().AsTask());
        _database.Query<long>("select count(*) from tp_lock where run_id is not null").ShouldBe(1);
        await using IPartitionSession next = await _database.BeginAsync();
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_lease_alive()
    {
        // Renewed after one of these seconds, and read within the other three also on a machine that is busy.
        using var database = new Database(lease: TimeSpan.FromSeconds(4));
        await database.PrepareAsync(_table);
        await using IPartitionSession session = await database.BeginAsync();
        string before = database.Query<string>("select expires_at from tp_lock");
        long started = Stopwatch.GetTimestamp();
        while (string.CompareOrdinal(database.Query<string>("select expires_at from tp_lock"), before) <= 0)
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(1), "the lease must be renewed");
            await Task.Delay(20);
        }

        database.Execute("update tp_lock set machine = 'elsewhere'"); // So that only the lease counts.
        (await Should.ThrowAsync<PipelineException>(database.BeginAsync())).Kind.ShouldBe(FailureKind.Locked);
    }
}
