using System.Globalization;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 14 and 15: two staged rows with one key.</summary>
public sealed class DuplicateKeys
{
    private static readonly Column[] Columns = [Col.Key("id"), Col.Value("name", ColumnType.String)];

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S14_two_rows_with_one_key_are_an_error_that_lists_both(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("one", strategy, Columns);
        await database.LoadAsync(table, null, [1L, "kept"]);
        string before = database.Digest("one");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [7L, "x"], [8L, "first"], [8L, "second"]));
        e.Kind.ShouldBe(FailureKind.DuplicateKey);
        e.What.ShouldBe("two rows for one have the key id=8: id=8, name='first' and id=8, name='second'");
        database.Digest("one").ShouldBe(before);
    }

    [Theory, OnEveryDestination]
    public async Task S14_in_a_replaced_partition_too(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "one", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")], partition: "day");
        Partition day = TestDatabase.Day("2024-03-01");
        await database.LoadAsync(table, day, [1L, new DateOnly(2024, 3, 1), 0L]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(
            database.LoadAsync(table, day, [1L, new DateOnly(2024, 3, 1), 1L], [1L, new DateOnly(2024, 3, 1), 2L]));
        e.Kind.ShouldBe(FailureKind.DuplicateKey);
        e.What.ShouldBe("two rows for one have the key id=1: id=1, day=2024-03-01, v=1 and id=1, day=2024-03-01, v=2");
        database.Lines(table).ShouldBe(["1 | 2024-03-01 | 0"]);
    }

    [Theory, OnEveryDestination]
    public async Task S14_rows_of_different_chunks_are_compared_too(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("one", LoadStrategy.Merge, Columns);
        object?[][] rows = [.. Enumerable.Range(0, 10_000).Select(id => new object?[] { (long)id, "x" }), [0L, "again"]];
        await database.PrepareAsync(table);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, table, null, chunk: 1000, [], rows);
        PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None));
        e.What.ShouldBe("two rows for one have the key id=0: id=0, name='x' and id=0, name='again'");
        database.Count("one").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S14_keep_latest_keeps_one_survivor_whatever_the_order_and_the_chunks(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        DateTime first = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime second = first.AddDays(1);
        object?[][] rows =
        [
            [1L, first, -10.5m, "a"],
            [1L, second, null, "z"],
            [1L, second, -10.5m, "a"],
            [1L, second, -3m, "a"],
            [1L, second, 9m, "z"],
            [1L, second, 10m, "a"],
            [1L, second, 10m, "b"],
            [1L, second, 10m, null],
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
            await database.PrepareAsync(table);
            await using IPartitionSession session = await database.BeginAsync();
            await TestDatabase.StageAsync(session, table, null, chunk: round + 1, [], rows);
            LoadedTable loaded = (await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None))[0];
            (loaded.Superseded, loaded.Loaded).ShouldBe((7, 2));
            database.Lines(table).ShouldBe(["1 | 2024-01-02 00:00:00Z | 10 | b", "2 | null | null | null"]);
            PartitionEntry entry = (await database.EntryAsync())!;
            (entry.Counts.Loaded, entry.Counts.Dropped).ShouldBe((2, 7));
        }
    }

    /// <summary>By, then: each column in the order in which the contract names them.</summary>
    [Theory, OnEveryDestination]
    public async Task S14_keep_latest_by_two_columns_takes_them_in_their_order(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("b"), Col.Value("a"), Col.Value("v")], keepLatest: ["a", "b"]);
        await database.LoadAsync(table, null, [1L, 9L, 1L, 0L], [1L, 2L, 2L, 0L], [1L, 3L, 2L, -7L], [1L, 1L, 2L, 99L]);
        database.Lines(table).ShouldBe(["1 | 3 | 2 | -7"]);
    }

    /// <summary>Where a destination keeps decimals or texts in a form of its own, their order must still be theirs.</summary>
    [Theory]
    [OnEveryDestination("-10.5", "-3.0")]
    [OnEveryDestination("-3.0", "0")]
    [OnEveryDestination("0", "0.0001")]
    [OnEveryDestination("9.9999", "10")]
    [OnEveryDestination(null, "-10")]
    public async Task S14_decimals_compare_as_numbers(Destination destination, string? less, string greater)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Decimal("price", 28, 4, nullable: true)], keepLatest: ["price"]);
        object? Value(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
        await database.LoadAsync(table, null, [1L, Value(less)], [1L, Value(greater)], [2L, Value(greater)], [2L, Value(less)]);
        database.Rows(table).Select(row => row[1]).ShouldBe([Value(greater), Value(greater)]);
    }

    [Theory]
    [OnEveryDestination("B", "a")]
    [OnEveryDestination("", "a")]
    [OnEveryDestination("a", "a ")]
    [OnEveryDestination("z", "\u00e4")]
    [OnEveryDestination("\uffee", "\U0001F600")]
    [OnEveryDestination(null, "")]
    public async Task S14_texts_compare_by_their_code_points(Destination destination, string? less, string greater)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)], keepLatest: ["name"]);
        await database.LoadAsync(table, null, [1L, less], [1L, greater], [2L, greater], [2L, less]);
        database.Rows(table).Select(row => row[1]).ShouldBe([greater, greater]);
    }

    [Theory, OnEveryDestination]
    public async Task S15_identical_rows_are_duplicates_too(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("one", LoadStrategy.Merge, Columns);
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [1L, "x"], [1L, "x"]))).Kind.ShouldBe(FailureKind.DuplicateKey);
        var latest = new TestContract("latest", LoadStrategy.Merge, Columns, keepLatest: ["name"]);
        (await database.LoadAsync(latest, null, [1L, "x"], [1L, "x"])).ShouldBe(new LoadedTable("latest", 2, 1, 1, 0, 0));
        database.Lines(latest).ShouldBe(["1 | x"]);
    }
}
