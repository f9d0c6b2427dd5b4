using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>What one run leaves in the connection that the next one uses.</summary>
public sealed class Connections : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_a_failed_run_has_staged_is_not_found_by_the_next()
    {
        await _database.PrepareAsync(_table);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            await Database.StageAsync(session, _table, null, [1L, 1L], [1L, 2L]);
            await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(2), CancellationToken.None));
        }

        await _database.LoadAsync(_table, null, [2L, 2L]);
        await _database.LoadAsync(_table, null, [3L, 3L]);
        _database.Lines(_table).ShouldBe(["2 | 2", "3 | 3"]);
    }

    [Fact]
    public async Task Publishing_is_durable_and_stays_so_from_run_to_run()
    {
        var logger = new StatementBreaker();
        using var database = new Database(logger: logger);
        await database.PrepareAsync(_table);
        for (int run = 0; run < 2; run++)
        {
            logger.Statements.Clear();
            await database.LoadAsync(_table, null, [1L, (long)run]);
            string level = "full";
            foreach (string statement in logger.Statements)
            {
                level = statement.Contains("pragma synchronous = ", StringComparison.Ordinal) ? statement[(statement.LastIndexOf(' ') + 1)..] : level;
                if (statement.Contains("tp_partition (", StringComparison.Ordinal))
                {
                    level.ShouldBe("full");
                }
            }

            level.ShouldBe("full");
            logger.Statements.ShouldContain(statement => statement.EndsWith("synchronous = normal", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_there_is_no_write_ahead_log_every_commit_is_durable()
    {
        var logger = new StatementBreaker();
        using var database = new Database(logger: logger);
        await database.PrepareAsync(_table);
        using (SqliteConnection connection = database.Open())
        {
            connection.Execute("pragma journal_mode = delete");
        }

        logger.Statements.Clear();
        await using (IPartitionSession session = await database.BeginAsync())
        {
            await Database.StageAsync(session, _table, null, [1L, 1L]);
            await session.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        }

        logger.Statements.ShouldNotContain(statement => statement.EndsWith("synchronous = normal", StringComparison.Ordinal));
        database.Lines(_table).ShouldBe(["1 | 1"]);
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_not_written_to()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        foreach (string file in Directory.GetFiles(_database.Folder))
        {
            File.Delete(file);
        }

        await _database.LoadAsync(_table, null, [2L, 2L]);
        _database.Lines(_table).ShouldBe(["2 | 2"]);
    }

    [Fact]
    public async Task A_disposed_destination_leaves_the_database_and_nothing_beside_it()
    {
        await _database.LoadAsync(_table, null, [1L, 1L]);
        _database.Destination.Dispose();
        Directory.GetFiles(_database.Folder).ShouldBe([_database.File]);
    }
}
