using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>The one lock by which SQLite lets writers take turns: statement 38 where nothing ever deadlocks.</summary>
public sealed class WriteLock : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("other", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Staging_takes_no_lock_of_the_database()
    {
        await _database.PrepareAsync(_table);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _table, null, [1L, 1L]);
        using SqliteConnection connection = _database.Open();
        connection.DefaultTimeout = 1;
        connection.Execute("pragma locking_mode = normal; begin exclusive; insert into other values (9, 9); commit");
        connection.QuerySingle<long>("pragma wal_checkpoint(truncate)").ShouldBe(0);
    }

    [Fact]
    public async Task S38_the_wait_for_another_writer_has_a_limit_that_the_connection_string_sets()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        var impatient = new SqliteDestination($"{_database.ConnectionString};Default Timeout=1", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using IPartitionSession session = await impatient.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, _table, null, [1L, 2L]);
        using (SqliteConnection writer = _database.Open())
        {
            writer.Execute("begin immediate; update other set v = 7");
            PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
            e.Kind.ShouldBe(FailureKind.Destination);
            e.Next.ShouldContain("Another process keeps the database locked");
            writer.Execute("commit");
        }

        _database.Lines(_table).ShouldBe(["1 | 7"]);
    }
}
