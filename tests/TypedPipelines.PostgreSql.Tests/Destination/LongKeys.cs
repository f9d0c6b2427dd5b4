using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Keys that an index of PostgreSQL cannot hold: it compresses them, so that only those count which cannot be compressed.</summary>
public sealed class LongKeys
{
    [Theory]
    [InlineData(LoadStrategy.Merge, true)]
    [InlineData(LoadStrategy.Merge, false)]
    [InlineData(LoadStrategy.ReplaceTable, true)]
    public async Task S40_a_key_longer_than_the_index_can_hold_is_an_error_that_names_the_table_and_the_row_and_says_what_to_do(LoadStrategy strategy, bool upserts)
    {
        var table = new TestContract("long_keys", strategy, [Col.Key("k", ColumnType.String), Col.Value("v", ColumnType.String)], upserts: upserts);
        await using var database = new PostgreSqlTestDatabase();
        var random = new Random(1);
        string text = string.Concat(Enumerable.Range(0, 4_100).Select(_ => (char)random.Next(33, 127)));

        await database.LoadAsync(table, null, ["a", text]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, ["b", "v"], [text, "v"]));

        e.What.ShouldStartWith("a row of this batch has a key or another indexed value that is longer than an index of table long_keys can hold (index row size");
        e.What.ShouldContain($"; the row with the longest key is k='{text[..20]}");
        e.Next.ShouldContain("[MaxLength]");
        database.Rows(table).ShouldHaveSingleItem().ShouldBe(["a", text]);
    }
}
