using TypedPipelines.Compilation.Model;
using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 28 and 45: a row that the run could not use is in the source all the same, and what the table has of it is not missing.</summary>
public sealed class LeftOutRows
{
    private static readonly TestContract Merged = new(
        "m", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")], deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.1));

    private static readonly TestContract History = new(
        "h",
        LoadStrategy.History,
        [Col.Key("id"), Col.Value("v"), Col.Value("valid_from", ColumnType.Date, nullable: false), Col.Value("valid_to", ColumnType.Date)],
        partition: "valid_from",
        validTo: "valid_to",
        deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.5));

    [Theory, OnEveryDestination]
    public async Task S28_what_a_batch_without_some_of_its_rows_does_not_have_is_kept(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Merged, null, [1L, 1L], [2L, 2L], [3L, 3L]);
        LoadedTable loaded = await PublishAsync(database, Merged, null, 2, [1L, 10L]);
        loaded.ShouldSatisfyAllConditions(table => table.Updated.ShouldBe(1), table => table.Deleted.ShouldBe(0));
        database.Lines(Merged).ShouldBe(["1 | 10", "2 | 2", "3 | 3"]);
    }

    [Theory, OnEveryDestination]
    public async Task S45_a_history_closes_nothing_for_a_batch_without_some_of_its_rows(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(History, TestDatabase.Day("2024-03-01"), [1L, 1L, null, null], [2L, 2L, null, null]);
        await PublishAsync(database, History, TestDatabase.Day("2024-03-02"), 1, [1L, 1L, null, null]);
        database.Lines(History).ShouldBe(["1 | 1 | 2024-03-01 | null", "2 | 2 | 2024-03-01 | null"]);

        await PublishAsync(database, History, TestDatabase.Day("2024-03-02"), 0, [1L, 1L, null, null]);
        database.Lines(History).ShouldBe(["1 | 1 | 2024-03-01 | null", "2 | 2 | 2024-03-01 | 2024-03-02"]);
    }

    private static async Task<LoadedTable> PublishAsync(TestDatabase database, TestContract table, Partition? partition, long leftOut, params object?[][] rows)
    {
        await using IPartitionSession session = await database.BeginAsync(partition, TimeSpan.FromSeconds(30));
        await TestDatabase.StageAsync(session, table, partition, rows);
        return (await session.PublishAsync(TestDatabase.Succeeded(rows.Length) with { LeftOut = leftOut }, CancellationToken.None))[0];
    }
}
