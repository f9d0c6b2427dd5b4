using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 20: texts and names that look like something else are data.</summary>
public sealed class HostileTexts
{
    private static readonly TestContract Pairs = new("one", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v", ColumnType.String)]);

    internal static string[] Texts { get; } =
    [
        "it's", "\"quoted\"", "[x]", "]", "100%", "50%_", "line\nline\r\n", "\t", "\U0001F600", "nul\0inside", "\0", "", " ", "'; drop table one; --",
        new string('x', 5000) + "\u00e9", new('\u00e9', 4001), "@start", "@p0", "?1", "$1", "$x", ":name", "\\", "\\N", "\\.", "\uFEFFbom", "\uFFFD", "NULL", "{0}", "<a&b>",
    ];

    [Theory, OnEveryDestination(From = nameof(Texts))]
    public async Task S20_hostile_texts_are_data_in_keys_and_values(Destination destination, string text)
    {
        await using TestDatabase database = destination.NewDatabase();
        if (text.Contains('\0') && database.WhyNulIsRefused is { } why)
        {
            foreach (object?[] row in new object?[][] { [text, "v"], ["k", text] })
            {
                PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(Pairs, null, row));
                e.Kind.ShouldBe(FailureKind.Row);
                e.What.ShouldContain(why);
            }

            database.Count("one").ShouldBe(0);
            return;
        }

        // Where an index cannot hold so long a key, the text is a value only.
        string key = database.KeepsLongKeys || text.Length <= Col.LongestKeyText ? text : "k";
        await database.LoadAsync(Pairs, null, [key, text]);
        (await database.LoadAsync(Pairs, null, [key, text])).ShouldBe(new LoadedTable("one", 1, 0, 0, 0, 0));
        (await database.LoadAsync(Pairs, null, [key, "other"])).Updated.ShouldBe(1);
        (await database.LoadAsync(Pairs, null, [key, text])).Updated.ShouldBe(1);
        database.Rows(Pairs).ShouldHaveSingleItem().ShouldBe([key, text]);
        await using IPartitionSession session = await database.BeginAsync();
        (await TestDatabase.ReadAsync(session, Pairs)).ShouldHaveSingleItem().ShouldBe([key, text]);
    }

    [Theory, OnEveryDestination]
    public async Task S20_hostile_texts_are_so_many_keys(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        string[] texts = [.. Texts
            .Where(text => database.WhyNulIsRefused is null || !text.Contains('\0'))
            .Where(text => database.KeepsLongKeys || text.Length <= Col.LongestKeyText)];
        object?[][] rows = [.. texts.Select(text => new object?[] { text, text })];
        (await database.LoadAsync(Pairs, null, rows)).Inserted.ShouldBe(texts.Length);
        (await database.LoadAsync(Pairs, null, rows)).ShouldBe(new LoadedTable("one", texts.Length, 0, 0, 0, 0));
        database.Rows(Pairs).Select(row => row[0]).ShouldBe(texts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [OnEveryDestination("it's")]
    [OnEveryDestination("a\"b\"")]
    [OnEveryDestination("select")]
    [OnEveryDestination("x]; drop table y; --")]
    [OnEveryDestination("rowid")]
    [OnEveryDestination("cost $1 or '$2'")]
    [OnEveryDestination("100%\n\U0001F600 @start ?1")]
    [OnEveryDestination("stage_t")]
    public async Task S20_hostile_names_are_names(Destination destination, string name)
    {
        await using TestDatabase database = destination.NewDatabase();
        Partition day = TestDatabase.Day("2024-03-01");
        Column[] columns =
        [
            Col.Key(name), Col.Key(name + "2", ColumnType.String, nullable: true), Col.Value(name + ".3", ColumnType.Date, nullable: false), Col.Value("_rowid_" + name),
        ];
        object?[] row = [1L, null, new DateOnly(2024, 3, 1), 5L];
        foreach (EveryStrategy load in EveryStrategy.Over(name, columns, name + ".3", day, nullKeysMatch: true))
        {
            await database.LoadAsync(load.Table, day, load.Row(row));
            if (load.Table.Strategy != LoadStrategy.Append)
            {
                await database.LoadAsync(load.Table, day, load.Row(row));
            }

            await using IPartitionSession session = await database.BeginAsync(day);
            bool byWindow = load.Table.PartitionColumn is not null && load.Table.Strategy != LoadStrategy.History;
            (await TestDatabase.ReadAsync(session, load.Table, byWindow ? day : null)).ShouldHaveSingleItem().ShouldBe(load.Loaded(row));
            database.Rows(load.Table).ShouldHaveSingleItem().ShouldBe(load.Loaded(row));
        }
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S20_no_statement_holds_a_value(Destination destination, LoadStrategy strategy)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        var table = new TestContract(
            "t",
            strategy,
            [Col.Key("k", ColumnType.String), Col.Value("day", ColumnType.Date, nullable: false), Col.Decimal("price", 10, 2)],
            partition: strategy == LoadStrategy.ReplacePartition ? "day" : null);
        Partition day = TestDatabase.Day("2087-03-01");
        object?[] row = ["secret", new DateOnly(2087, 3, 1), 47.11m];
        await database.LoadAsync(table, day, row);
        await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, day, row, row));
        log.Statements.Count.ShouldBeGreaterThan(10);
        log.Statements.ShouldNotContain(statement => statement.Contains("secret") || statement.Contains("2087") || statement.Contains("47"));
    }

    [Theory, OnEveryDestination]
    public async Task S20_keep_latest_works_where_a_column_hides_the_row_id(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("RowId"), Col.Value("_rowid_")], keepLatest: ["_rowid_"]);
        await database.LoadAsync(table, null, [1L, 5L], [1L, 9L], [2L, 5L]);
        database.Lines(table).ShouldBe(["1 | 9", "2 | 5"]);
    }

    [Theory, OnEveryDestination]
    public async Task S20_a_table_called_like_another_ones_staging_is_left_alone(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var one = new TestContract("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);
        var shadowed = new TestContract("stage_one", LoadStrategy.Merge, one.Columns);
        await database.PrepareAsync(one, shadowed);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, one, null, [1L, "one"]);
        await TestDatabase.StageAsync(session, shadowed, null, [2L, "two"]);
        await session.PublishAsync(TestDatabase.Succeeded(2), CancellationToken.None);
        database.Lines(one).ShouldBe(["1 | one"]);
        database.Lines(shadowed).ShouldBe(["2 | two"]);
    }
}
