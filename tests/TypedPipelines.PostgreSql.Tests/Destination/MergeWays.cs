using Dapper;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>When a merge looks each row up by its key instead of reading the table, which must not be tried where there is nothing to look it up by.</summary>
public sealed class KeyLookups : IAsyncLifetime
{
    private const string Preferred = "set local enable_hashjoin = off";

    private readonly StatementBreaker _logger = new();
    private readonly Database _database;

    public KeyLookups() => _database = new Database(logger: _logger);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(false, "", true)]
    [InlineData(false, "delete from t where id > 10; vacuum analyze t", false)]
    [InlineData(false, "alter table t drop constraint t_pkey", false)]
    [InlineData(false, "alter table t drop constraint t_pkey; create index on t (id, b)", false)]
    [InlineData(true, "", false)]
    public async Task Few_rows_are_looked_up_in_a_large_table_by_its_unique_index(bool nullKeys, string change, bool looksUp)
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Key("b", nullable: nullKeys), Col.Value("v")], nullKeysMatch: nullKeys);
        await _database.PrepareAsync(table);
        _database.Execute("insert into t select n, n, 0 from generate_series(1, 1000) as n");
        _database.Execute("analyze t");
        foreach (string statement in change.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _database.Execute(statement);
        }

        LoadedTable loaded = await _database.LoadAsync(table, null, [1L, 1L, 0L], [2L, 2L, 5L], [2000L, 1L, 5L]);
        (loaded.Inserted, loaded.Updated).ShouldBe((1, 1));
        _logger.Statements.Any(statement => statement.Contains(Preferred, StringComparison.Ordinal)).ShouldBe(looksUp);
    }

    [Fact]
    public async Task What_one_publish_prefers_the_next_one_over_its_connection_does_not()
    {
        var merged = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await _database.PrepareAsync(merged);
        _database.Execute("insert into t select n, 0 from generate_series(1, 1000) as n");
        _database.Execute("analyze t");
        await _database.LoadAsync(merged, null, [1L, 1L]);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, merged, null, [.. Enumerable.Range(1, 900).Select(n => new object?[] { (long)n, 7L })]);
        _logger.Statements.Clear();
        (await session.PublishAsync(Database.Succeeded(900), CancellationToken.None))[0].Updated.ShouldBe(900);
        _logger.Statements.ShouldNotContain(statement => statement.Contains(Preferred, StringComparison.Ordinal));
    }
}
