using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statements 14 to 23 and 30.</summary>
public sealed class Keys : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _one = new("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);
    private readonly TestContract _two = new("two", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b"), Col.Value("v")]);

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(LoadStrategy.Merge)]
    [InlineData(LoadStrategy.ReplaceTable)]
    [InlineData(LoadStrategy.Append)]
    public async Task S14_two_rows_with_one_key_are_an_error_that_lists_both(LoadStrategy strategy)
    {
        var table = new TestContract("one", strategy, _one.Columns);
        await _database.LoadAsync(table, null, [1L, "kept"]);
        string before = _database.Digest("one");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [7L, "x"], [8L, "first"], [8L, "second"]));
        e.Kind.ShouldBe(FailureKind.DuplicateKey);
        e.What.ShouldBe("two rows for one have the key id=8: id=8, name='first' and id=8, name='second'");
        _database.Digest("one").ShouldBe(before);
    }

    [Fact]
    public async Task S14_in_a_replaced_partition_too()
    {
        var table = new TestContract(
            "one", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        Partition day = Database.Day("2024-03-01");
        object?[] row = [1L, new DateOnly(2024, 3, 1)];
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, day, row, row))).Kind.ShouldBe(FailureKind.DuplicateKey);
    }

    [Fact]
    public async Task S14_keep_latest_keeps_one_survivor_whatever_the_order()
    {
        object?[][] rows =
        [
            [1L, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), -10.5m, "a"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), null, "z"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), -10.5m, "a"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), -3m, "a"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 9m, "z"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 10m, "a"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 10m, "b"],
            [1L, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 10m, null],
            [2L, null, null, null],
        ];
        var random = new Random(5);
        for (int round = 0; round < 10; round++)
        {
            var table = new TestContract(
                $"latest{round}",
                LoadStrategy.Merge,
                [Col.Key("id"), Col.Value("at", ColumnType.Instant), Col.Decimal("price", 20, 4, nullable: true), Col.Value("name", ColumnType.String)],
                keepLatest: ["at"]);
            random.Shuffle(rows);
            LoadedTable loaded = await _database.LoadAsync(table, null, rows);
            loaded.Superseded.ShouldBe(7);
            loaded.Loaded.ShouldBe(2);
            _database.List<string>($"select id || ' ' || ifnull(price, 'null') || ' ' || ifnull(name, 'null') from latest{round} order by id")
                .ShouldBe(["1 10.0000 b", "2 null null"]);
            Ledger.PartitionEntry entry = (await _database.Destination.Ledger.FindPartitionAsync(Database.Pipeline, "all", CancellationToken.None))!;
            entry.Counts.Loaded.ShouldBe(2);
            entry.Counts.Dropped.ShouldBe(7);
        }
    }

    [Theory]
    [InlineData("-10.5", "-3.0")]
    [InlineData("-3.0", "0")]
    [InlineData("0", "0.0001")]
    [InlineData("9.9999", "10")]
    [InlineData(null, "-10")]
    public async Task S14_decimals_kept_as_text_compare_as_numbers(string? less, string greater)
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Decimal("price", 28, 4, nullable: true)], keepLatest: ["price"]);
        object? Value(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        await _database.LoadAsync(table, null, [1L, Value(less)], [1L, Value(greater)], [2L, Value(greater)], [2L, Value(less)]);
        await using IPartitionSession session = await _database.BeginAsync();
        object? kept = Value(greater);
        (await Database.ReadAsync(session, table)).Select(row => row[1]).ShouldBe([kept, kept]);
    }

    [Fact]
    public async Task S15_identical_rows_are_duplicates_too()
    {
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_one, null, [1L, "x"], [1L, "x"]))).Kind.ShouldBe(FailureKind.DuplicateKey);
        var latest = new TestContract("latest", LoadStrategy.Merge, _one.Columns, keepLatest: ["name"]);
        (await _database.LoadAsync(latest, null, [1L, "x"], [1L, "x"])).ShouldBe(new LoadedTable("latest", 2, 1, 1, 0, 0));
    }

    [Fact]
    public async Task S16_null_in_a_key_is_an_error()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k", ColumnType.String, nullable: true), Col.Value("v")]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [null, 1L]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.Message.ShouldContain("column k of t = null belongs to the key");
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => _database.Execute("insert into t (k, v) values (null, 1)"));
    }

    [Fact]
    public async Task S16_null_keys_that_match_equal_each_other_everywhere()
    {
        var table = new TestContract(
            "t",
            LoadStrategy.Merge,
            [Col.Key("a", ColumnType.String, nullable: true), Col.Key("b"), Col.Value("v")],
            nullKeysMatch: true);
        object?[][] rows = [[null, 1L, 5L], ["", 1L, 6L], ["x", 1L, 7L]];
        await _database.LoadAsync(table, null, rows);
        string before = _database.Digest("t");
        LoadedTable again = await _database.LoadAsync(table, null, rows);
        again.ShouldBe(new LoadedTable("t", 3, 0, 0, 0, 0));
        _database.Digest("t").ShouldBe(before);
        (await _database.LoadAsync(table, null, [null, 1L, 8L])).Updated.ShouldBe(1);

        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [null, 1L, 1L], [null, 1L, 2L]))).Kind.ShouldBe(FailureKind.DuplicateKey);
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => _database.Execute("insert into t (a, b) values (null, 1)")).Message.ShouldContain("ux_t_key");
        _database.Execute("insert into t (a, b) values (null, 2)").ShouldBe(1);
    }

    [Fact]
    public async Task S16_keep_latest_groups_null_keys()
    {
        var table = new TestContract(
            "t", LoadStrategy.Merge, [Col.Key("a", nullable: true), Col.Value("v")], keepLatest: ["v"], nullKeysMatch: true);
        await _database.LoadAsync(table, null, [null, 1L], [null, 3L], [null, 2L]);
        _database.Query<long>("select v from t").ShouldBe(3);
    }

    [Fact]
    public async Task S17_composite_keys_compare_column_by_column()
    {
        await _database.LoadAsync(_two, null, [1L, 10L, 0L], [2L, 20L, 0L], [1L, 20L, 0L], [2L, 10L, 0L]);
        LoadedTable loaded = await _database.LoadAsync(_two, null, [1L, 10L, 1L], [2L, 20L, 1L]);
        loaded.ShouldBe(new LoadedTable("two", 2, 0, 0, 2, 0));
        _database.List<string>("select a || ',' || b from two where v = 1 order by a").ShouldBe(["1,10", "2,20"]);
    }

    [Fact]
    public async Task S18_parts_of_a_key_do_not_run_together()
    {
        var table = new TestContract(
            "t", LoadStrategy.Merge, [Col.Key("a", ColumnType.String), Col.Key("b", ColumnType.String), Col.Value("v")]);
        LoadedTable loaded = await _database.LoadAsync(table, null, ["a", "bc", 1L], ["ab", "c", 2L], ["", "abc", 3L]);
        loaded.Inserted.ShouldBe(3);
        (await _database.LoadAsync(table, null, ["ab", "c", 9L])).ShouldBe(new LoadedTable("t", 1, 0, 0, 1, 0));
    }

    [Fact]
    public async Task S19_texts_compare_ordinally()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        object?[][] rows = [["a", 1L], ["A", 2L], ["a ", 3L], ["\u00e9", 4L], ["e\u0301", 5L], ["\u00df", 6L], ["ss", 7L], ["a\0b", 8L], ["a\0c", 9L]];
        (await _database.LoadAsync(table, null, rows)).Inserted.ShouldBe(9);
        (await _database.LoadAsync(table, null, rows)).ShouldBe(new LoadedTable("t", 9, 0, 0, 0, 0));
    }

    [Fact]
    public async Task S19_a_collation_that_contradicts_the_contract_is_refused_at_the_start()
    {
        _database.Execute("create table one (id integer primary key, name text collate nocase)");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_one));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column name: expected text, found text collate nocase");
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(15, 4)]
    [InlineData(15, 15)]
    [InlineData(9, 0)]
    [InlineData(20, 4)]
    [InlineData(28, 10)]
    [InlineData(38, 4)]
    public async Task S21_one_number_is_one_key_however_it_is_written(int precision, int scale)
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Decimal("k", precision, scale, key: true), Col.Value("v")]);
        decimal one = scale == precision ? 0.1m : 1m;
        await _database.LoadAsync(table, null, [one, 1L], [-one, 1L], [0m, 1L]);
        LoadedTable loaded = await _database.LoadAsync(table, null, [one * 1.000m, 2L], [-one * 1.0m, 2L], [-0.0m, 2L]);
        loaded.ShouldBe(new LoadedTable("t", 3, 0, 0, 3, 0));
        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table)).Select(row => (decimal)row[0]!).Order().ShouldBe([-one, 0m, one]);
    }

    [Fact]
    public async Task S22_a_merge_whose_every_column_is_a_key_is_a_no_op_again()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b", ColumnType.String)]);
        (await _database.LoadAsync(table, null, [1L, "x"], [2L, "y"])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 0));
        string before = _database.Digest("t");
        (await _database.LoadAsync(table, null, [1L, "x"], [2L, "y"])).ShouldBe(new LoadedTable("t", 2, 0, 0, 0, 0));
        _database.Digest("t").ShouldBe(before);
    }

    [Fact]
    public async Task S23_a_second_identical_merge_touches_nothing()
    {
        await _database.LoadAsync(_one, null, [1L, "a"], [2L, null]);
        _database.Execute("create table touched (n); create trigger one_touched after update on one begin insert into touched values (1); end");
        string before = _database.Digest("one");
        (await _database.LoadAsync(_one, null, [1L, "a"], [2L, null])).ShouldBe(new LoadedTable("one", 2, 0, 0, 0, 0));
        _database.Digest("one").ShouldBe(before);
        _database.Query<long>("select count(*) from touched").ShouldBe(0);
        (await _database.LoadAsync(_one, null, [1L, "a"], [2L, "b"])).Updated.ShouldBe(1);
        (await _database.LoadAsync(_one, null, [1L, "a"], [2L, null])).Updated.ShouldBe(1);
        _database.Query<long>("select count(*) from touched").ShouldBe(2);
    }

    [Fact]
    public async Task S30_a_conflict_with_another_unique_index_names_it_and_changes_nothing()
    {
        await _database.LoadAsync(_one, null, [1L, "a"], [2L, "b"]);
        _database.Execute("create unique index \"one name, unique\" on one (name)");
        string before = _database.Digest("one");
        foreach (object?[] row in new object?[][] { [3L, "a"], [2L, "a"] })
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_one, null, row));
            e.Kind.ShouldBe(FailureKind.Destination);
            e.Message.ShouldContain("the unique index one name, unique of table one");
            _database.Digest("one").ShouldBe(before);
        }
    }

    [Fact]
    public async Task S30_the_index_named_is_the_one_of_just_those_columns()
    {
        var table = new TestContract("t", LoadStrategy.Append, [Col.Key("a"), Col.Key("b", nullable: true), Col.Value("c")], nullKeysMatch: true);
        await _database.LoadAsync(table, null, [1L, null, 1L]);
        _database.Execute("create unique index first on t (a, b, c); create unique index second on t (c)");
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [2L, 1L, 1L]))).Message.ShouldContain("the unique index second of table t");
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, null, [1L, null, 2L]))).Message.ShouldContain("the unique index ux_t_key of table t");
        var plain = new TestContract("p", LoadStrategy.Append, [Col.Key("a", ColumnType.String)]);
        await _database.LoadAsync(plain, null, ["x"]);
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(plain, null, ["x"]))).Message.ShouldContain("(the primary key) of table p");
    }

    [Fact]
    public async Task S30_a_check_or_trigger_that_refuses_a_row_is_named()
    {
        await _database.PrepareAsync(_one);
        _database.Execute("create trigger refuse before insert on one begin select raise(abort, 'no rows today'); end");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_one, null, [1L, "a"]));
        e.Message.ShouldContain("a constraint of table one refused a row");
        e.Message.ShouldContain("no rows today");
    }

    [Fact]
    public async Task S31_a_merge_updates_in_place()
    {
        await _database.LoadAsync(_two, null, [1L, 1L, 0L], [1L, 2L, 0L]);
        string rowIds = string.Join(',', _database.List<long>("select rowid from two order by a, b"));
        await _database.LoadAsync(_two, null, [1L, 2L, 5L], [1L, 1L, 5L]);
        string.Join(',', _database.List<long>("select rowid from two order by a, b")).ShouldBe(rowIds);
    }
}
