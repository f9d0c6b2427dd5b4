using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 17, 18, 19 and 21: which keys are one key.</summary>
public sealed class KeyEquality
{
    private static readonly TestContract Two = new("two", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b"), Col.Value("v")]);
    private static readonly Column[] Texts = [Col.Key("a", ColumnType.String), Col.Key("b", ColumnType.String), Col.Value("v")];

    [Theory, OnEveryDestination]
    public async Task S17_composite_keys_compare_column_by_column(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Two, null, [1L, 10L, 0L], [2L, 20L, 0L], [1L, 20L, 0L], [2L, 10L, 0L]);
        database.CountTouches("two");
        LoadedTable loaded = await database.LoadAsync(Two, null, [1L, 10L, 1L], [2L, 20L, 1L]);
        loaded.ShouldBe(new LoadedTable("two", 2, 0, 0, 2, 0));
        database.Lines(Two).ShouldBe(["1 | 10 | 1", "1 | 20 | 0", "2 | 10 | 0", "2 | 20 | 1"]);
        database.List<string>("select kind from touched").ShouldBe(["update", "update"]);
    }

    [Theory, OnEveryDestination]
    public async Task S17_duplicates_are_found_column_by_column(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        (await database.LoadAsync(Two, null, [1L, 10L, 0L], [1L, 20L, 0L], [2L, 10L, 0L])).Inserted.ShouldBe(3);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(Two, null, [1L, 10L, 0L], [1L, 20L, 0L], [1L, 10L, 1L]));
        e.What.ShouldContain("a=1, b=10");
    }

    [Theory, OnEveryDestination]
    public async Task S18_parts_of_a_key_do_not_run_together(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, Texts);
        object?[][] rows = [["a", "bc", 1L], ["ab", "c", 2L], ["", "abc", 3L], ["abc", "", 4L], ["a|b", "c", 5L], ["a", "b|c", 6L], ["a, b", "c", 7L], ["a", "b, c", 8L]];
        (await database.LoadAsync(table, null, rows)).Inserted.ShouldBe(8);
        (await database.LoadAsync(table, null, rows)).ShouldBe(new LoadedTable("t", 8, 0, 0, 0, 0));
        (await database.LoadAsync(table, null, ["ab", "c", 9L])).ShouldBe(new LoadedTable("t", 1, 0, 0, 1, 0));
        database.Rows(table).Count(row => row[2] is 9L && row[0] is "ab").ShouldBe(1);
    }

    [Theory, OnEveryDestination]
    public async Task S18_with_null_as_a_part_too(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "t", LoadStrategy.Merge, [Col.Key("a", ColumnType.String, nullable: true), Col.Key("b", ColumnType.String, nullable: true), Col.Value("v")], nullKeysMatch: true);
        object?[][] rows = [["x", null, 1L], [null, "x", 2L], ["x", "", 3L], ["", "x", 4L], [null, null, 5L], ["", "", 6L], ["null", "x", 7L]];
        (await database.LoadAsync(table, null, rows)).Inserted.ShouldBe(7);
        (await database.LoadAsync(table, null, rows)).ShouldBe(new LoadedTable("t", 7, 0, 0, 0, 0));
    }

    /// <summary>A lock is found by pipeline and partition: those must not run together either.</summary>
    [Theory, OnEveryDestination]
    public async Task S18_names_of_a_pipeline_and_its_partition_do_not_run_together(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Two);
        async Task<IPartitionSession> BeginAsync(string pipeline, Partition partition) =>
            await database.Destination.BeginAsync(TestDatabase.NewRun(partition) with { Pipeline = pipeline }, TimeSpan.Zero, CancellationToken.None);
        await using IPartitionSession first = await BeginAsync("flights2", TestDatabase.Day("2024-03-01"));
        await using IPartitionSession second = await BeginAsync("flights", TestDatabase.Day("2024-03-01"));
        await using IPartitionSession third = await BeginAsync("flights2024-03-01", TestDatabase.Whole);
        database.Count($"{database.LedgerTable("lock")} where run_id is not null").ShouldBe(3);
    }

    [Theory, OnEveryDestination]
    public async Task S19_texts_compare_ordinally(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        string separator = database.WhyNulIsRefused is null ? "\0" : "\u0001";
        string[] keys =
        [
            "a", "A", "a ", "\u00e9", "e\u0301", "\u00df", "ss", $"a{separator}b", $"a{separator}c", "i", "\u0131", "I", "\u0130",
            "\u212a", "k", "K", "\uff21", "1", "\u0661", "\u00ad", "", " ", "\u200d",
        ];
        object?[][] rows = [.. keys.Select((key, v) => new object?[] { key, (long)v })];
        (await database.LoadAsync(table, null, rows)).Inserted.ShouldBe(keys.Length);
        (await database.LoadAsync(table, null, rows)).ShouldBe(new LoadedTable("t", keys.Length, 0, 0, 0, 0));
        database.Rows(table).Select(row => row[0]).ShouldBe(keys.Order(StringComparer.Ordinal));
    }

    [Theory, OnEveryDestination]
    public async Task S19_a_value_that_differs_in_its_case_alone_is_a_change(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("k"), Col.Value("v", ColumnType.String)]);
        await database.LoadAsync(table, null, [1L, "a"]);
        foreach (string other in new[] { "A", "A ", "\u00c4", "A\u0308" })
        {
            (await database.LoadAsync(table, null, [1L, other])).Updated.ShouldBe(1);
            database.Rows(table).ShouldHaveSingleItem()[1].ShouldBe(other);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S19_a_collation_that_contradicts_the_contract_is_refused_at_the_start_and_mended(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("k", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        (string create, string found) = database.LaxCollation("k", "k", "v");
        database.Execute(create);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.PrepareAsync(table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain($"column k: {found}");
        database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..].Split(", then")[0]);
        (await database.LoadAsync(table, null, ["a", 1L], ["A", 2L])).Inserted.ShouldBe(2);
    }

    [Theory]
    [OnEveryDestination(10, 2)]
    [OnEveryDestination(15, 4)]
    [OnEveryDestination(15, 15)]
    [OnEveryDestination(9, 0)]
    [OnEveryDestination(20, 4)]
    [OnEveryDestination(28, 10)]
    [OnEveryDestination(38, 4)]
    public async Task S21_one_number_is_one_key_however_it_is_written(Destination destination, int precision, int scale)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Decimal("k", precision, scale, key: true), Col.Value("v")]);
        decimal one = scale == precision ? 0.1m : 1m;
        await database.LoadAsync(table, null, [one, 1L], [-one, 1L], [0m, 1L]);
        LoadedTable loaded = await database.LoadAsync(table, null, [one * 1.000m, 2L], [-one * 1.0m, 2L], [-0.0m, 2L]);
        loaded.ShouldBe(new LoadedTable("t", 3, 0, 0, 3, 0));
        database.Rows(table).Select(row => (decimal)row[0]!).ShouldBe([-one, 0m, one]);
        await using IPartitionSession session = await database.BeginAsync();
        (await TestDatabase.ReadAsync(session, table)).Select(row => (decimal)row[0]!).Order().ShouldBe([-one, 0m, one]);
        (await Should.ThrowAsync<PipelineException>(async () =>
        {
            await TestDatabase.StageAsync(session, table, null, [one, 1L], [one * 1.00m, 1L]);
            await session.PublishAsync(TestDatabase.Succeeded(2), CancellationToken.None);
        })).Kind.ShouldBe(FailureKind.DuplicateKey);
    }
}
