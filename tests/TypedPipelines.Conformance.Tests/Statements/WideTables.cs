namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 23: rows that a merge compares in more columns than SQLite reads conditions in one chain.</summary>
public sealed class WideTables
{
    private const int Columns = 1010;

    private static readonly TestContract Table = new(
        "t", LoadStrategy.Merge, [Col.Key("id"), .. Enumerable.Range(1, Columns).Select(number => Col.Value($"v{number}"))]);

    [Theory, OnEveryDestination]
    public async Task S23_a_row_of_a_thousand_columns_is_updated_where_the_last_one_differs(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, null, Row(1, 7), Row(2, 7));
        LoadedTable loaded = await database.LoadAsync(Table, null, Row(1, 8), Row(2, 7));
        loaded.Updated.ShouldBe(1);
    }

    private static object?[] Row(long id, long last) => [id, .. Enumerable.Repeat<object?>(1L, Columns - 1), last];
}
