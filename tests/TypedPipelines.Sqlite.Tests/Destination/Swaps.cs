using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statement 42 at SQLite, which changes no column of a table: it is created again as it was declared, but for those that become others.</summary>
public sealed class Swaps : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _new = new(
        "t",
        LoadStrategy.ReplaceTable,
        [Col.Value("Key", nullable: false), Col.Value("a b", ColumnType.String, nullable: false), Col.Decimal("price", 10, 2, nullable: true), Col.Value("added", ColumnType.String, nullable: false)]);

    public void Dispose() => _database.Dispose();

    /// <summary>Quotes of every kind, comments, constraints with and without names, defaults with commas: all that is not a changed column stays to the letter.</summary>
    [Theory]
    [InlineData(
        "create table t (\"key\" integer primary key autoincrement, [a b] real, price text, own text default 'x, y' check (own is not null and own <> ')'))",
        "CREATE TABLE t (\"key\" integer primary key autoincrement, [a b] text not null, price decimal(10,2), own text default 'x, y' check (own is not null and own <> ')'), \"added\" text not null)")]
    [InlineData(
        "create table t (\n  key integer not null unique, -- the key, of course\n  `a b` varchar(10, 2) constraint never not null on conflict fail collate nocase default ',' /* a, b */,\n  'price' not null,\n  constraint k check (price <> 'not null'),\n  primary key (key, `a b`)\n) without rowid",
        "CREATE TABLE t (\n  key integer not null unique, -- the key, of course\n  `a b` text not null   default ',' /* a, b */,\n  'price' decimal(10,2) ,\n  constraint k check (price <> 'not null'), \"added\" text not null,\n  primary key (key, `a b`)\n) without rowid")]
    public async Task S42_only_the_columns_that_become_others_are_declared_otherwise(string declared, string then)
    {
        _database.Execute(declared);
        // A column that is added goes where SQLite puts it: compared is what is left without it.
        await LoadAsync(_new, [1L, "x", 2.5m, "y"]);
        string now = _database.Query<string>("select sql from sqlite_schema where name = 't'");
        Without(now).ShouldBe(Without(then), StringCompareShould.IgnoreCase);
        _database.Lines(_new).ShouldBe(["1 | x | 2.5 | y"]);

        static string Without(string sql) => sql.Replace(", \"added\" TEXT not null", "", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task S42_indexes_triggers_views_children_and_the_last_automatic_key_stay()
    {
        _database.Execute("""
            create table t (own integer primary key autoincrement, key integer not null unique, [a b] real, price text);
            create index by_price on t (price collate nocase, upper(price)) where price is not null;
            create table log (what text);
            create trigger told after insert on t begin insert into log values (new.[a b]); end;
            create view seen as select key, price from t;
            create table child (key integer references t (key) deferrable initially deferred);
            insert into t values (41, 1, 0.5, 'a');
            insert into child values (1);
            delete from log;
            """);
        List<string> hanging = _database.List<string>("select sql from sqlite_schema where name <> 't' and sql is not null order by name");

        await LoadAsync(_new, [1L, "x", 2.5m, "y"], [2L, "z", null, "y"]);

        _database.List<string>("select sql from sqlite_schema where name <> 't' and sql is not null and name not like 'tp_%' order by name")
            .ShouldBe(hanging);
        _database.List<long>("select own from t order by own").ShouldBe([42, 43]);
        _database.List<string>("select what from log").ShouldBe(["x", "z"]);
        _database.Query<long>("select count(*) from seen").ShouldBe(2);
        _database.Execute("pragma foreign_keys = on; insert into child values (2)");
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => _database.Execute("pragma foreign_keys = on; insert into child values (3)"));
    }

    [Fact]
    public async Task S42_a_child_that_would_lose_its_row_keeps_the_old_table()
    {
        _database.Execute("""
            create table t (key integer not null unique, [a b] real, price text);
            create table child (key integer references t (key) deferrable initially deferred);
            insert into t values (1, 0.5, 'a');
            insert into child values (1);
            """);
        string before = _database.Query<string>("select group_concat(sql) from sqlite_schema where name = 't'");
        (await Should.ThrowAsync<PipelineException>(LoadAsync(_new, [2L, "x", 2.5m, "y"]))).What.ShouldContain("FOREIGN KEY constraint failed");
        _database.Query<string>("select group_concat(sql) from sqlite_schema where name = 't'").ShouldBe(before);
        _database.Query<long>("select key from t").ShouldBe(1);
    }

    [Theory]
    [InlineData("create table t (key integer not null, [a b] real, price text as (key * 2))", "column price: expected decimal(10,2), found text, whose values the database makes", "does not have the shape of its contract")]
    [InlineData("create table t (key text primary key not null, [a b] integer, price text, n integer as ([a b] + 1) stored unique, check (typeof([a b]) = 'integer')) strict", "unknown datatype for t.price: \"decimal(10,2)\"", "CREATE TABLE")]
    public async Task S42_what_SQLite_refuses_leaves_the_table_as_it_was_and_is_named(string declared, string reason, string statement)
    {
        _database.Execute(declared);
        string before = _database.Query<string>("select sql from sqlite_schema where name = 't'");
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(_new, [1L, "x", 2.5m, "y"]));
        e.What.ShouldContain(reason, Case.Insensitive);
        e.What.ShouldContain(statement, Case.Insensitive);
        _database.Query<string>("select sql from sqlite_schema where name = 't'").ShouldBe(before);
    }

    [Fact]
    public async Task Whoever_reads_a_column_that_the_table_does_not_have_yet_is_told_what_to_run()
    {
        _database.Execute("create table t (key integer not null, [a b] real, price text)");
        await _database.Destination.PrepareAsync([_new], _ => TestDatabase.Pipeline, CancellationToken.None);
        await using IPartitionSession session = await _database.BeginAsync();
        PipelineException e = await Should.ThrowAsync<PipelineException>(TestDatabase.ReadAsync(session, _new));
        e.Next.ShouldBe("Nothing was changed. The table does not have the shape of its contract: run the pipeline that loads it, or correct the contract.");
    }

    private async Task LoadAsync(TestContract table, params object?[][] rows)
    {
        await _database.Destination.PrepareAsync([table], _ => TestDatabase.Pipeline, CancellationToken.None);
        await using IPartitionSession session = await _database.BeginAsync();
        await TestDatabase.StageAsync(session, table, null, rows);
        await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None);
    }
}
