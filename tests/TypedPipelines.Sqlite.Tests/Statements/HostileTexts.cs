using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statement 20: texts and names that look like something else are data.</summary>
public sealed class HostileTexts : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _one = new("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);

    public static TheoryData<string> Texts => new(
        "it's", "\"quoted\"", "[x]", "100%", "line\nline\r\n", "\U0001F600", "nul\0inside", "\0", "", " ", "'; drop table one; --", new string('x', 5000) + "\u00e9",
        "@start", "?1", "$x", ":name", "\\", "\uFEFFbom", "\uFFFD");

    public void Dispose() => _database.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task S20_hostile_texts_are_data_in_keys_and_values(string text)
    {
        var table = new TestContract("one", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v", ColumnType.String)]);
        await _database.LoadAsync(table, null, [text, text]);
        (await _database.LoadAsync(table, null, [text, text])).ShouldBe(new LoadedTable("one", 1, 0, 0, 0, 0));
        (await _database.LoadAsync(table, null, [text, "other"])).Updated.ShouldBe(1);
        (await _database.LoadAsync(table, null, [text, text])).Updated.ShouldBe(1);
        await using IPartitionSession session = await _database.BeginAsync();
        object?[] row = (await Database.ReadAsync(session, table)).ShouldHaveSingleItem();
        row.ShouldBe([text, text]);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("a\"b\"")]
    [InlineData("select")]
    [InlineData("x]; drop table y; --")]
    [InlineData("rowid")]
    [InlineData("100%\n\U0001F600 @start ?1")]
    [InlineData("stage_t")]
    public async Task S20_hostile_names_are_names(string name)
    {
        Partition day = Database.Day("2024-03-01");
        Column[] columns =
        [
            Col.Key(name), Col.Key(name + "2", ColumnType.String, nullable: true), Col.Value(name + ".3", ColumnType.Date, nullable: false), Col.Value("_rowid_" + name),
        ];
        object?[] row = [1L, null, new DateOnly(2024, 3, 1), 5L];
        foreach (LoadStrategy strategy in Enum.GetValues<LoadStrategy>())
        {
            var table = new TestContract(
                $"{name} {strategy}", strategy, columns, partition: strategy == LoadStrategy.ReplacePartition ? name + ".3" : null, nullKeysMatch: true);
            await _database.LoadAsync(table, day, row);
            if (strategy != LoadStrategy.Append)
            {
                await _database.LoadAsync(table, day, row);
            }

            await using IPartitionSession session = await _database.BeginAsync(day);
            (await Database.ReadAsync(session, table, table.PartitionColumn is null ? null : day)).ShouldHaveSingleItem().ShouldBe(row);
        }
    }

    [Fact]
    public async Task S20_keep_latest_works_where_a_column_hides_the_row_id()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("RowId"), Col.Value("_rowid_")], keepLatest: ["_rowid_"]);
        await _database.LoadAsync(table, null, [1L, 5L], [1L, 9L], [2L, 5L]);
        _database.List<long>("select \"_rowid_\" from t order by \"RowId\"").ShouldBe([9, 5]);
    }

    [Fact]
    public async Task S20_a_table_called_like_another_ones_staging_is_left_alone()
    {
        var shadowed = new TestContract("stage_one", LoadStrategy.Merge, _one.Columns);
        await _database.PrepareAsync(_one, shadowed);
        await using IPartitionSession session = await _database.BeginAsync();
        await Database.StageAsync(session, _one, null, [1L, "one"]);
        await Database.StageAsync(session, shadowed, null, [2L, "two"]);
        await session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
        _database.Query<string>("select name from one").ShouldBe("one");
        _database.Query<string>("select name from stage_one").ShouldBe("two");
    }
}
