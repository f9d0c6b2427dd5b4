using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 22, 23, 24, 29 and 31: what a merge touches, and how it finds changes.</summary>
public sealed class Merging
{
    private static readonly TestContract One = new("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);

    [Theory, OnEveryDestination]
    public async Task S22_a_merge_whose_every_column_is_a_key_is_a_no_op_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b", ColumnType.String)]);
        (await database.LoadAsync(table, null, [1L, "x"], [2L, "y"])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 0));
        string before = database.Digest("t");
        (await database.LoadAsync(table, null, [1L, "x"], [2L, "y"])).ShouldBe(new LoadedTable("t", 2, 0, 0, 0, 0));
        database.Digest("t").ShouldBe(before);
        (await database.LoadAsync(table, null, [1L, "z"], [2L, "y"])).ShouldBe(new LoadedTable("t", 2, 0, 1, 0, 0));
        database.Lines(table).ShouldBe(["1 | x", "1 | z", "2 | y"]);
    }

    [Theory, OnEveryDestination]
    public async Task S23_a_second_identical_merge_touches_nothing(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(One, null, [1L, "a"], [2L, null]);
        database.CountTouches("one");
        string before = database.Digest("one");
        (await database.LoadAsync(One, null, [1L, "a"], [2L, null])).ShouldBe(new LoadedTable("one", 2, 0, 0, 0, 0));
        database.Digest("one").ShouldBe(before);
        database.Count("touched").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S23_of_a_batch_only_the_rows_that_are_new_or_other_are_written_and_counted(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(One, null, [1L, "a"], [2L, null], [3L, "c"], [4L, "d"]);
        string first = database.Digest("one", "id = 1");
        (await database.LoadAsync(One, null, [6L, "f"], [3L, "C"], [5L, "e"], [2L, "b"], [1L, "a"])).ShouldBe(new LoadedTable("one", 5, 0, 2, 2, 0));
        database.Digest("one", "id = 1").ShouldBe(first);
        database.Lines(One).ShouldBe(["1 | a", "2 | b", "3 | C", "4 | d", "5 | e", "6 | f"]);
    }

    [Theory, OnEveryDestination]
    public async Task S23_null_to_a_value_and_back_is_a_change(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(One, null, [1L, "a"], [2L, null]);
        database.CountTouches("one");
        (await database.LoadAsync(One, null, [1L, "a"], [2L, "b"])).ShouldBe(new LoadedTable("one", 2, 0, 0, 1, 0));
        database.Lines(One).ShouldBe(["1 | a", "2 | b"]);
        (await database.LoadAsync(One, null, [1L, "a"], [2L, null])).ShouldBe(new LoadedTable("one", 2, 0, 0, 1, 0));
        database.Lines(One).ShouldBe(["1 | a", "2 | null"]);
        (await database.LoadAsync(One, null, [1L, "a"], [2L, ""])).Updated.ShouldBe(1, "empty is not null");
        database.List<string>("select kind from touched").ShouldBe(["update", "update", "update"]);
    }

    internal static (ColumnType Type, object Value, object Other)[] EveryType { get; } =
    [
        (ColumnType.Boolean, true, false),
        (ColumnType.Int16, (short)1, (short)2),
        (ColumnType.Int32, 1, 2),
        (ColumnType.Int64, long.MaxValue, long.MaxValue - 1),
        (ColumnType.Single, 1f, MathF.BitIncrement(1f)),
        (ColumnType.Double, 1.0, Math.BitIncrement(1.0)),
        (ColumnType.Decimal, 12345678.01m, 12345678.02m),
        (ColumnType.Date, new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 2)),
        (ColumnType.Time, new TimeOnly(1, 2, 3), new TimeOnly(1, 2, 4)),
        (ColumnType.Instant, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2024, 1, 1, 0, 0, 1, DateTimeKind.Utc)),
        (ColumnType.Guid, Guid.Empty, new Guid("00000000-0000-0000-0000-000000000001")),
        (ColumnType.String, "a", "b"),
        (ColumnType.Bytes, new byte[] { 1, 0, 2 }, new byte[] { 1, 0, 3 }),
    ];

    /// <summary>How a type compares is in the text of the statement, which is made when the contract is compiled.</summary>
    [Theory, OnEveryDestination]
    public async Task S24_a_change_is_seen_in_a_column_of_every_type_and_none_where_there_is_none(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        EveryType.Select(each => each.Type).ShouldBe(Enum.GetValues<ColumnType>(), ignoreOrder: true);
        Column[] columns = [Col.Key("id"), .. EveryType.Select(each => each.Type == ColumnType.Decimal ? Col.Decimal("c_Decimal", 10, 2, nullable: true) : Col.Value($"c_{each.Type}", each.Type))];
        var table = new TestContract("t", LoadStrategy.Merge, columns);
        object?[] row = [1L, .. EveryType.Select(each => each.Value)];
        await database.LoadAsync(table, null, row);
        for (int i = 1; i < row.Length; i++)
        {
            object? value = row[i];
            foreach (object? changed in new[] { EveryType[i - 1].Other, null, value })
            {
                row[i] = changed;
                (await database.LoadAsync(table, null, row)).Updated.ShouldBe(1, $"{columns[i].Name} becomes {changed ?? "null"}");
                (await database.LoadAsync(table, null, row)).Updated.ShouldBe(0, $"{columns[i].Name} stays {changed ?? "null"}");
                database.Lines(table).ShouldBe([RowText.Of(row)]);
            }
        }
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge, false)]
    [OnEveryDestination(LoadStrategy.Merge, true)]
    [OnEveryDestination(LoadStrategy.ReplaceTable, false)]
    [OnEveryDestination(LoadStrategy.ReplacePartition, false)]
    [OnEveryDestination(LoadStrategy.Append, false)]
    public async Task S29_any_chunking_gives_the_result_of_one_chunk(Destination destination, LoadStrategy strategy, bool keepLatest)
    {
        await using TestDatabase database = destination.NewDatabase();
        Partition day = TestDatabase.Day("2024-03-01");
        var random = new Random(3);
        object?[][] rows = [.. Enumerable.Range(0, 3000).Select(i => new object?[] { (long)(keepLatest ? i / 3 : i), new DateOnly(2024, 3, 1), random.NextInt64(1000) })];
        List<string>? whole = null;
        LoadedTable? once = null;
        foreach (int chunk in new[] { rows.Length, 1, 7, 1000, 2999 })
        {
            var table = new TestContract(
                $"t{chunk}",
                strategy,
                [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")],
                partition: strategy == LoadStrategy.ReplacePartition ? "day" : null,
                keepLatest: keepLatest ? ["v"] : null);
            await database.LoadAsync(table, day, strategy == LoadStrategy.Append ? [-1L, new DateOnly(2024, 3, 1), 5L] : [5L, new DateOnly(2024, 3, 1), 5L]);
            await using IPartitionSession session = await database.BeginAsync(day);
            await TestDatabase.StageAsync(session, table, day, chunk, [], rows);
            LoadedTable loaded = (await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None))[0] with { Table = "" };
            (once ??= loaded).ShouldBe(loaded);
            (whole ??= database.Lines(table)).ShouldBe(database.Lines(table));
        }
    }

    [Theory, OnEveryDestination]
    public async Task S31_identities_and_children_survive_a_merge(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var two = new TestContract("two", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b"), Col.Value("v")]);
        string bigint = destination == Destination.Sqlite ? "integer" : "bigint";
        database.Execute(database.CreateTableWithIdentity("two", "surrogate", $"a {bigint} not null, b {bigint} not null, v {bigint}", "a, b"));
        await database.LoadAsync(two, null, [1L, 1L, 0L], [1L, 2L, 0L]);
        // Whoever deletes a parent deletes its children, too.
        database.Execute($"create table child (surrogate {bigint} not null references two (surrogate) on delete cascade)");
        database.Execute("insert into child select surrogate from two");
        List<long> surrogates = database.List<long>("select surrogate from two order by a, b");
        database.CountTouches("two");
        (await database.LoadAsync(two, null, [1L, 2L, 5L], [1L, 1L, 5L], [3L, 3L, 5L])).ShouldBe(new LoadedTable("two", 3, 0, 1, 2, 0));
        database.List<long>("select surrogate from two where a = 1 order by a, b").ShouldBe(surrogates);
        database.List<long>("select surrogate from child order by surrogate").ShouldBe(surrogates.Order());
        database.List<string>("select kind from touched order by kind").ShouldBe(["insert", "update", "update"]);
    }

    [Theory, OnEveryDestination]
    public async Task S31_a_merge_updates_in_place(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var two = new TestContract("two", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b"), Col.Value("v")]);
        await database.LoadAsync(two, null, [1L, 1L, 0L], [1L, 2L, 0L]);
        database.CountTouches("two");
        await database.LoadAsync(two, null, [1L, 2L, 5L], [1L, 1L, 5L]);
        database.List<string>("select kind from touched").ShouldBe(["update", "update"]);
        database.Lines(two).ShouldBe(["1 | 1 | 5", "1 | 2 | 5"]);
    }
}
