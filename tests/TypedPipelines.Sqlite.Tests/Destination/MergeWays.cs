using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Where a merge is one statement: where that does the same as two.</summary>
public sealed class MergeWays : IAsyncDisposable
{
    private readonly StatementBreaker _logger = new();
    private readonly Database _database;
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Key("b"), Col.Value("v")]);

    public MergeWays() => _database = new Database(logger: _logger);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("create unique index other on t (id, v)", false)]
    [InlineData("create unique index other on t (id, b) where v > 0", false)]
    [InlineData("create unique index other on t (id, b + 1)", false)]
    [InlineData("create unique index other on t (id, b collate nocase)", false)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer check (v >= 0), primary key (id, b))", false)]
    [InlineData("create trigger other after insert on T begin select 1; end", false)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer, unique (B, ID))", true)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer, primary key (b, id)) without rowid", true)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer, n integer primary key, unique (id, b))", false)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer)", false)]
    [InlineData("drop table t; create table t (id integer not null, b integer not null, v integer); create index other on t (id, b)", false)]
    public async Task Rows_are_merged_in_one_statement_where_the_key_alone_is_unique_and_nobody_listens(string change, bool inOne)
    {
        await _database.PrepareAsync(_table);
        _database.Execute(change);
        _database.Execute("insert into t (id, b, v) values (1, 1, 0), (2, 1, 0)");
        (await _database.LoadAsync(_table, null, [1L, 1L, 0L], [3L, 1L, 5L], [2L, 1L, 5L])).ShouldBe(new LoadedTable("t", 3, 0, 1, 1, 0));
        _database.Lines(_table).ShouldBe(["1 | 1 | 0", "2 | 1 | 5", "3 | 1 | 5"]);
        _logger.Statements.Any(statement => statement.Contains("tp_updated()", StringComparison.Ordinal)).ShouldBe(inOne);
    }

    [Fact]
    public async Task S30_a_key_that_another_index_takes_for_a_row_s_is_refused_and_the_row_stays()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        await _database.LoadAsync(table, null, ["A", 1L], ["B", 1L]);
        _database.Execute("create unique index lax_k on t (k collate nocase)");
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, ["a", 2L]))).Message.ShouldContain("one of the unique indexes lax_k, sqlite_autoindex_t_1 (the primary key) of table t refused");
        _database.Lines(table).ShouldBe(["A | 1", "B | 1"]);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("ignore")]
    public async Task S30_a_table_s_own_answer_to_a_conflict_is_not_taken(string answer)
    {
        var table = new TestContract("named", LoadStrategy.Merge, [Col.Key("k"), Col.Value("name", ColumnType.String)]);
        _database.Execute($"create table named (k integer not null primary key, name text unique on conflict {answer})");
        await _database.LoadAsync(table, null, [1L, "a"], [2L, "b"]);
        await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [3L, "a"]));
        await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [2L, "a"]));
        _database.Lines(table).ShouldBe(["1 | a", "2 | b"]);
    }
}
