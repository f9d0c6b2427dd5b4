using System.Diagnostics;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statements 35 and 36 where a lock is a lease: whose it is when its holder is gone.</summary>
public sealed class Leases : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("update tp_lock set process_id = 4194999")]
    [InlineData("update tp_lock set process_start = '1'")]
    [InlineData("update tp_lock set machine = 'elsewhere', expires_at = '2001-01-01T00:00:00.0000000Z'")]
    public async Task S36_the_lock_of_a_run_that_is_gone_is_taken_over(string gone)
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
    public async Task S35_the_lock_of_another_process_is_respected_until_it_dies()
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
    public async Task S35_the_lock_of_another_machine_is_respected_until_its_lease_ends()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        _database.Execute("update tp_lock set machine = 'elsewhere', process_id = 4194999");
        (await Should.ThrowAsync<PipelineException>(_database.BeginAsync())).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task S35_the_lock_that_this_process_left_behind_is_taken_over()
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
    public async Task S35_a_heartbeat_keeps_the_lease_alive()
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
