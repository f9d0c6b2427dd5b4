using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>What only a server can show of loads: values, comparisons of its own, what stays of rows that do not change.</summary>
public sealed class Loads
{
    [Fact]
    public async Task A_value_of_every_type_is_read_back_as_it_was_written()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        TestContract table = Shapes.All["every type"];
        var last = new DateTime(9999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc);
        object?[] row =
        [
            1L, true, short.MinValue, int.MaxValue, long.MinValue, 0.1f, double.MaxValue, -1234567890123456789.0000000001m, DateOnly.MinValue, new TimeOnly(23, 59, 59, 999, 999), last,
            new Guid("01234567-89AB-cdef-0123-456789abcdef"), "o'n\\e ß 😀 ]", new string('x', 4000), new string('y', 4001), new string('ß', 3_000_000), new byte[] { 0, 1, 0 }, new byte[9000], new byte[3_000_000],
        ];
        object?[] nulls = [2L, .. Enumerable.Repeat<object?>(null, 18)];
        await database.LoadAsync(table, null, row, nulls);
        await using IPartitionSession session = await database.BeginAsync();
        List<object?[]> read = [.. (await SqlServerTestDatabase.ReadAsync(session, table)).OrderBy(found => found[0])];
        read[0].ShouldBe(row);
        read[1].ShouldBe(nulls);
    }

    [Fact]
    public async Task S10_S04_a_tick_is_kept()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        Assert.SkipWhen(database.IsBabelfish, "Babelfish keeps microseconds");
        var table = new TestContract("r", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("at", ColumnType.Instant, nullable: false)], partition: "at");
        Partition day = SqlServerTestDatabase.Day("2024-03-10");
        object?[][] rows = [[1L, day.Start.UtcDateTime], [2L, day.End.UtcDateTime.AddTicks(-1)]];
        await database.LoadAsync(table, day, rows);
        LoadedTable again = await database.LoadAsync(table, day, rows);
        (again.Deleted, again.Inserted).ShouldBe((2, 2));
        await database.LoadAsync(table, SqlServerTestDatabase.Day("2024-03-11"), [3L, day.End.UtcDateTime]);
        database.List<long>("select id from r order by id").ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task S23_a_change_of_case_accent_or_trailing_spaces_is_a_change_and_nothing_else_is()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        var table = new TestContract("m", LoadStrategy.Merge, [Col.Key("id"), Shapes.Text("v", 20, nullable: true), Shapes.Bytes("b", nullable: true)]);
        await database.LoadAsync(table, null, [1L, "a", new byte[] { 1 }], [2L, null, null], [3L, "e", null], [4L, "a", null], [5L, "same", new byte[] { 1 }]);
        object?[][] changed = [[1L, "a ", new byte[] { 1 }], [2L, "", null], [3L, "é", null], [4L, "A", new byte[] { 0 }], [5L, "same", new byte[] { 1 }]];
        (await database.LoadAsync(table, null, changed)).Updated.ShouldBe(4);
        LoadedTable again = await database.LoadAsync(table, null, changed);
        (again.Inserted, again.Updated, again.Deleted).ShouldBe((0, 0, 0));
        (await database.LoadAsync(table, null, [5L, "same", new byte[] { 1, 0 }])).Updated.ShouldBe(1);
    }

    [Fact]
    public async Task S19_keys_compare_ordinally_and_where_an_index_does_not_that_is_an_error()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        var table = new TestContract("k", LoadStrategy.Merge, [Shapes.Text("k", 20, key: true), Col.Value("v")]);
        (await database.LoadAsync(table, null, ["a", 1L], ["A", 2L], ["á", 3L], ["b ", 4L])).Inserted.ShouldBe(4);
        (await database.LoadAsync(table, null, ["a", 1L], ["A", 2L], ["á", 3L], ["b ", 4L])).Updated.ShouldBe(0);
        if (!database.IsBabelfish)
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, ["b", 5L]));
            e.Message.ShouldContain("(the primary key) of table k refused a row");
            e.Message.ShouldContain("texts that differ only in spaces at their ends");
        }

        database.List<long>("select v from k order by v").ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task S16_null_keys_match()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        var table = new TestContract("n", LoadStrategy.Merge, [Col.Key("id"), Shapes.Text("k", 20, key: true, nullable: true), Col.Value("v")], nullKeysMatch: true);
        await database.LoadAsync(table, null, [1L, null, 1L], [1L, "", 2L]);
        LoadedTable loaded = await database.LoadAsync(table, null, [1L, null, 3L], [2L, null, 4L]);
        (loaded.Inserted, loaded.Updated).ShouldBe((1, 1));
        database.List<long>("select v from n order by v").ShouldBe([2, 3, 4]);
    }

    [Fact]
    public async Task S14_two_rows_with_one_key_are_named_or_the_latest_is_kept()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        var strict = new TestContract("d", LoadStrategy.Merge, [Shapes.Text("k", 9, key: true), Col.Value("v")]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(strict, null, ["x", 1L], ["y", 2L], ["x", 3L]));
        e.Kind.ShouldBe(FailureKind.DuplicateKey);
        e.What.ShouldContain("have the key k='x': k='x', v=1 and k='x', v=3");
        var latest = new TestContract("l", LoadStrategy.Merge, [Shapes.Text("k", 9, key: true), Col.Value("v"), Col.Value("g", ColumnType.Guid)], keepLatest: ["v"]);
        LoadedTable loaded = await database.LoadAsync(
            latest, null, ["x", 3L, new Guid("00000000-0000-0000-0000-0000000000ff")], ["x", 3L, new Guid("ff000000-0000-0000-0000-000000000000")], ["x", null, null]);
        (loaded.Superseded, loaded.Inserted).ShouldBe((2, 1));
        database.Query<Guid>("select g from l").ShouldBe(new Guid("ff000000-0000-0000-0000-000000000000"));
    }

    [Fact]
    public async Task S31_identities_and_children_survive_a_merge()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        database.Execute("""
            create table parent (number bigint identity not null, id bigint not null primary key, v bigint null);
            create table child (parent bigint not null references parent (id));
            """);
        var table = new TestContract("parent", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await database.LoadAsync(table, null, [7L, 1L]);
        long number = database.Query<long>("select number from parent");
        database.Execute("insert into child values (7)");
        (await database.LoadAsync(table, null, [7L, 2L], [8L, 2L])).Updated.ShouldBe(1);
        database.Query<long>("select number from parent where id = 7 and v = 2").ShouldBe(number);
        database.Query<int>("select count(*) from child").ShouldBe(1);
    }

    [Fact]
    public async Task S40_a_value_that_cannot_be_kept_is_named_and_leaves_no_row()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        var table = new TestContract("e", LoadStrategy.Append, [Col.Value("id"), Col.Value("f", ColumnType.Double)]);
        object?[][] rows = [.. Enumerable.Range(0, 20_000).Select(n => new object?[] { (long)n, n == 19_999 ? double.NaN : 1d })];
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, rows));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldContain("column f of e = NaN is NaN, infinite");
        database.Query<int>("select count(*) from e").ShouldBe(0);
    }

    [Fact]
    public async Task Rejects_come_back_from_the_ledger_in_their_order()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        await database.PrepareAsync();
        Reject[] rejects = [.. Enumerable.Range(1, 250).Select(n => new Reject("Landing", $"f{n}.csv", n, n % 2 == 0 ? "v" : null, "x\0y", $"raw {n} \ud83d", "reason"))];
        await using (IPartitionSession session = await database.BeginAsync())
        {
            await session.FailAsync(new RunEnd(RunOutcome.Failed, false, DateTimeOffset.UtcNow, new RowCounts(250, 0, 0, 250), rejects, FailureKind.Row, "why"), CancellationToken.None);
        }

        IReadOnlyList<RejectEntry> found = await database.Destination.Ledger.GetRejectsAsync(SqlServerTestDatabase.Pipeline, null, 1000, CancellationToken.None);
        found.Select(entry => entry.Reject.Line).ShouldBe(Enumerable.Range(1, 250).Select(n => (long?)n));
        found[1].Reject.ShouldBe(new Reject("Landing", "f2.csv", 2, "v", "x\u2400y", "raw 2 \ufffd", "reason"));
        (await database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None)).Single().Error.ShouldBe("why");
    }

    [Fact]
    public async Task Many_may_prepare_a_new_database_at_once_and_what_is_there_is_left_as_it_is()
    {
        await using SqlServerTestDatabase database = SqlServerTestDatabase.Create();
        TableContract[] tables = [Shapes.All["merge by one key"], Shapes.All["replace a partition of instants with a key"], Shapes.All["odd names"], Shapes.All["merge by several keys"]];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.PrepareAsync(tables))));
        bool created = false;
        await using SqlServerDestination again = database.NewDestination(new StatementHook("create ", () => created = true));
        await again.PrepareAsync(tables, CancellationToken.None);
        created.ShouldBeFalse();
        (await again.FindTableAsync(tables[2], CancellationToken.None)).ShouldNotBeNull();
        database.Query<int>("select count(*) from typed_pipelines.version").ShouldBe(1);
    }
}
