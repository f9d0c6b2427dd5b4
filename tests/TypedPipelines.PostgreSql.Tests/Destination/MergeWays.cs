using Dapper;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>How a merge goes about it: in one statement where that does the same as two, and by its index only where there is one.</summary>
public sealed class MergeWays : IAsyncLifetime
{
    private const string Preferred = "set local enable_hashjoin = off";
    private const string Upserted = "on conflict";

    private readonly StatementBreaker _logger = new();
    private readonly Database _database;

    public MergeWays() => _database = new Database(logger: _logger);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("", Upserted)]
    [InlineData("create unique index on t (v, id)", Preferred)]
    [InlineData("create unique index on t (id, b) where v > 0", Preferred)]
    [InlineData("alter table t add exclude (id with =, b with =)", Preferred)]
    [InlineData("alter table t drop constraint t_pkey; create unique index on t (id); update t set b = 1 where id < 10", Preferred)]
    [InlineData("alter table t drop constraint t_pkey; alter table t add unique (id, b) deferrable", null)]
    [InlineData("create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on t for each row execute function f()", Preferred)]
    [InlineData("create rule r as on insert to t do also notify t", Preferred)]
    [InlineData("alter table t enable row level security", Preferred)]
    [InlineData("alter table t add check (v >= 0)", Preferred)]
    [InlineData("alter table t add n int generated always as identity", Preferred)]
    [InlineData("alter table t add at timestamptz default now()", Preferred)]
    [InlineData("create table other () inherits (t)", Preferred)]
    [InlineData("create unique index on t (id, b int8_ops)", Upserted)]
    [InlineData("alter table t drop constraint t_pkey", null)]
    [InlineData("alter table t drop constraint t_pkey; create index on t (id, b)", null)]
    public async Task Rows_are_merged_in_one_statement_where_the_key_alone_is_unique_and_nobody_listens(string change, string? way)
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Key("b"), Col.Value("v")]);
        await _database.PrepareAsync(table);
        _database.Execute("insert into t select n, 1, 0 from generate_series(1, 10000) as n");
        _database.Execute("analyze t");
        if (change.Length > 0)
        {
            _database.Execute(change);
        }

        LoadedTable loaded = await _database.LoadAsync(table, null, [1L, 1L, 0L], [20L, 1L, 5L], [20000L, 1L, 5L]);
        (loaded.Inserted, loaded.Updated).ShouldBe((1, 1));
        Way().ShouldBe(way);
    }

    [Fact]
    public async Task The_way_is_chosen_again_where_a_migration_that_the_publish_waited_for_has_given_the_table_another_that_inherits_from_it()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await _database.LoadAsync(table, null, [1L, 1L], [2L, 1L]);
        await _database.LoadAsync(table, null, [1L, 2L], [2L, 2L]);
        Way().ShouldBe(Upserted);
        await using var migration = new Npgsql.NpgsqlConnection(_database.ConnectionString);
        await migration.OpenAsync();
        await migration.ExecuteAsync("begin; lock table t in access exclusive mode; create table old () inherits (t)");
        await migration.ExecuteAsync("with moved as (delete from only t returning *) insert into old select * from moved");

        Task<LoadedTable> load = Task.Run(() => _database.LoadAsync(table, null, [1L, 3L], [2L, 3L], [3L, 3L]));
        while (_database.Query<long>("select count(*) from pg_locks where not granted") == 0)
        {
            await Task.Delay(20);
        }

        await migration.ExecuteAsync("commit");

        (await load).Updated.ShouldBe(2);
        _database.Lines(table).ShouldBe(["1 | 3", "2 | 3", "3 | 3"]);
    }

    [Theory]
    [InlineData(120, Upserted)]
    [InlineData(80, Preferred)]
    public async Task Rows_most_of_which_are_as_they_were_are_compared_first_so_that_the_table_is_not_written_for_them(int changed, string way)
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await _database.PrepareAsync(table);
        _database.Execute("insert into t select n, 0 from generate_series(1, 10000) as n");
        LoadedTable loaded = await _database.LoadAsync(table, null, [.. Enumerable.Range(1, 200).Select(n => new object?[] { (long)n, n <= changed ? 1L : 0L })]);
        (loaded.Inserted, loaded.Updated).ShouldBe((0, changed));
        Way().ShouldBe(way);
    }

    [Fact]
    public async Task S30_a_key_that_another_index_takes_for_a_row_s_is_refused_and_the_row_stays()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        await _database.LoadAsync(table, null, ["A", 1L], ["B", 1L]);
        _database.Execute("create collation lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create unique index lax_k on t (k collate lax)");
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, ["a", 2L]))).Message.ShouldContain("the unique index lax_k");
        _database.Lines(table).ShouldBe(["A | 1", "B | 1"]);
    }

    [Fact]
    public async Task Rows_of_a_table_that_inherits_are_updated_and_not_inserted_again()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k"), Col.Value("v")]);
        await _database.PrepareAsync(table);
        _database.Execute("create table t_old (primary key (k)) inherits (t); insert into t_old values (1, 1)");
        (await _database.LoadAsync(table, null, [1L, 2L], [2L, 2L])).ShouldBe(new LoadedTable("t", 2, 0, 1, 1, 0));
        _database.Lines(table).ShouldBe(["1 | 2", "2 | 2"]);
    }

    [Fact]
    public async Task Null_keys_are_no_index_s_to_find()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id", nullable: true), Col.Value("v")], nullKeysMatch: true);
        await _database.LoadAsync(table, null, [null, 1L]);
        (await _database.LoadAsync(table, null, [null, 2L], [1L, 1L])).ShouldBe(new LoadedTable("t", 2, 0, 1, 1, 0));
        Way().ShouldBeNull();
    }

    [Fact]
    public async Task Inserts_that_the_server_s_statistics_have_not_taken_in_yet_are_not_counted_again()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        (await _database.LoadAsync(table, null, [1L, 1L], [2L, 1L])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 0));
        (await _database.LoadAsync(table, null, [2L, 2L], [3L, 1L])).ShouldBe(new LoadedTable("t", 2, 0, 1, 1, 0));
        (await _database.LoadAsync(table, null, [2L, 3L], [3L, 3L])).ShouldBe(new LoadedTable("t", 2, 0, 0, 2, 0));
        Way().ShouldBe(Upserted);
    }

    [Fact]
    public async Task What_one_publish_prefers_the_next_one_over_its_connection_does_not()
    {
        var merged = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await _database.PrepareAsync(merged);
        _database.Execute("insert into t select n, 0 from generate_series(1, 1000) as n");
        _database.Execute("analyze t");
        await _database.LoadAsync(merged, null, [1L, 0L]);
        Way().ShouldBe(Preferred);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, merged, null, [.. Enumerable.Range(1, 1200).Select(n => new object?[] { (long)n, 7L })]);
        _logger.Statements.Clear();
        (await session.PublishAsync(Database.Succeeded(1200), CancellationToken.None))[0].Updated.ShouldBe(1000);
        Way().ShouldBeNull();
    }

    /// <summary>The statement that tells the way that was gone; null for a join as the planner likes it.</summary>
    private string? Way()
    {
        lock (_logger.Statements)
        {
            return new[] { Upserted, Preferred }.FirstOrDefault(sign => _logger.Statements.Any(statement => statement.Contains(sign, StringComparison.Ordinal) && !statement.Contains("typed_pipelines", StringComparison.Ordinal)));
        }
    }
}
