namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statement 40: SQLite does not say which row a rule of a table refuses. It is searched for, and where that is no use, none is named.</summary>
public sealed class RefusedRows : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Append, [Col.Key("id"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19_999)]
    public async Task S40_it_is_the_first_in_the_order_of_the_key_wherever_it_stands(int bad)
    {
        _database.Execute("create table t (id integer not null primary key, v integer check (v < 3))");
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        object?[][] rows = [.. Enumerable.Range(0, 20_000).Reverse().Select(id => new object?[] { (long)id, id == bad ? 3L : id > bad && id % 2 == 0 ? 4L : 1L })];
        (await RefusalAsync(table, rows)).ShouldEndWith($"(CHECK constraint failed: v < 3); the row is id={bad}, v=3");
        _database.Count("t").ShouldBe(0);
        (await _database.LoadAsync(table, null, [1L, 1L])).Inserted.ShouldBe(1);
    }

    [Fact]
    public async Task S40_of_two_rows_of_the_batch_with_one_value_the_second_is_named()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("create unique index other on t (v)");
        (await RefusalAsync(_table, [1L, 5L], [2L, 6L], [3L, 5L], [4L, 7L])).ShouldEndWith("the unique index other of table t refused a row of this batch (UNIQUE constraint failed: t.v); the row is id=3, v=5");
    }

    /// <summary>SQLite names the columns alone, and each of these indexes is of that column.</summary>
    [Fact]
    public async Task S30_of_several_unique_indexes_that_may_have_refused_a_row_all_are_named()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("create unique index a_part on t (v) where id > 100; create unique index b_full on t (v)");
        (await RefusalAsync(_table, [1L, 5L], [2L, 5L])).ShouldContain("one of the unique indexes a_part, b_full of table t refused a row of this batch");
    }

    /// <summary>And its column hides the name by which rows are counted.</summary>
    [Fact]
    public async Task S40_a_row_without_a_key_is_named_with_all_its_values()
    {
        var table = new TestContract("t", LoadStrategy.ReplaceRun, [Col.Value("rowid"), Col.Value("name", ColumnType.String), Col.Value("by", ColumnType.String, nullable: false)], runColumn: "by");
        _database.Execute("create table t (rowid integer, name text check (name <> 'x'), by text not null)");
        (await RefusalAsync(table, [2L, "a", null], [1L, "x\ny", null], [1L, "x", null], [0L, "x", null])).ShouldEndWith("; the row is rowid=1, name='x', by='all'");
    }

    [Fact]
    public async Task S40_a_marker_whose_row_may_not_go_is_named()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("gone", ColumnType.Boolean, nullable: false)], deleteMarker: "gone");
        await _database.LoadAsync(table, null, [1L, false], [2L, false], [3L, false]);
        _database.Execute("create table child (id integer references t (id)); insert into child values (2)");
        (await RefusalAsync(table, [1L, true], [2L, true], [3L, true])).ShouldContain("(FOREIGN KEY constraint failed); the row is id=2, ");
    }

    [Fact]
    public async Task S40_where_the_cause_is_no_row_of_the_batch_none_is_named()
    {
        var table = new TestContract("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v")]);
        await _database.LoadAsync(table, null, [1L, 1L]);
        _database.Execute("create table child (id integer references t (id)); insert into child values (1)");
        PipelineException refusal = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [2L, 1L]));
        (refusal.Kind, refusal.What).ShouldBe(
            (FailureKind.Destination, "rows that are in the table t, and that this load replaces or deletes, could not be deleted (FOREIGN KEY constraint failed)"));
        _database.Lines(table).ShouldBe(["1 | 1"]);
    }

    [Fact]
    public async Task S40_of_rows_that_refer_to_each_other_none_is_named_rather_than_a_wrong_one()
    {
        _database.Execute("create table t (id integer not null primary key, v integer references t (id))");
        (await RefusalAsync(_table, [1L, 3L], [2L, 9L], [3L, 1L])).ShouldEndWith("(FOREIGN KEY constraint failed)");
        (await _database.LoadAsync(_table, null, [1L, 3L], [3L, 1L])).Inserted.ShouldBe(2);
    }

    [Theory]
    [InlineData("fail", "(no)")]
    [InlineData("abort", "; the row is id=3, v=3")]
    [InlineData("rollback", "(no)")]
    public async Task S40_a_trigger_may_end_the_statement_in_any_way(string way, string end)
    {
        await _database.PrepareAsync(_table);
        _database.Execute($"create trigger refuse after insert on t when new.v = 3 begin select raise({way}, 'no'); end");
        (await RefusalAsync(_table, [1L, 1L], [2L, 2L], [3L, 3L], [4L, 4L])).ShouldEndWith(end);
        _database.Count("t").ShouldBe(0);
        (await _database.LoadAsync(_table, null, [1L, 1L])).Inserted.ShouldBe(1);
    }

    [Fact]
    public async Task S40_a_key_that_is_checked_at_the_commit_is_bad_data_too()
    {
        _database.Execute("create table other (v integer primary key); create table t (id integer not null primary key, v integer references other (v) deferrable initially deferred)");
        (await RefusalAsync(_table, [1L, 1L])).ShouldBe("a rule that is checked at the commit refused a row of this run (FOREIGN KEY constraint failed)");
        _database.Count("t").ShouldBe(0);
    }

    [Fact]
    public async Task S40_a_change_of_a_history_that_is_refused_is_named()
    {
        var table = new TestContract(
            "t",
            LoadStrategy.History,
            [Col.Key("id"), Col.Value("v"), Col.Value("since", ColumnType.Date, nullable: false), Col.Value("until", ColumnType.Date)],
            partition: "since",
            validTo: "until");
        _database.Execute("create table t (id integer not null, v integer check (v < 3), since text not null, until text, primary key (id, since))");
        Partition day = TestDatabase.Day("2024-03-01");
        await _database.PrepareAsync(table);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, day, [1L, 1L, null, null], [2L, 3L, null, null], [3L, 4L, null, null]));
        e.What.ShouldEndWith("; the row is id=2, v=3, since=2024-03-01, until=null");
    }

    private async Task<string> RefusalAsync(TestContract table, params object?[][] rows)
    {
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, rows));
        e.Kind.ShouldBe(FailureKind.Row);
        return e.What;
    }
}
