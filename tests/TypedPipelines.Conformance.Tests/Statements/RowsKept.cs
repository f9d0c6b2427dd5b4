using TypedPipelines.Compilation.Model;
using TypedPipelines.Conformance.Tests.Foreign;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 1, 28 and 47: what a load deletes is gone, or the load fails: what the table itself keeps without an error is looked for.</summary>
public sealed class RowsKept
{
    private static readonly Partition First = TestDatabase.Day("2024-03-01");

    private static readonly Column Id = Col.Key("id");
    private static readonly Column Day = Col.Value("day", ColumnType.Date, nullable: false);
    private static readonly Column Value = Col.Value("v");

    [Theory]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    [OnEveryDestination(LoadStrategy.Snapshot)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.ReplaceRun)]
    [OnEveryDestination(LoadStrategy.History)]
    [OnEveryDestination(LoadStrategy.Merge)]
    public async Task S01_S28_S47_a_load_fails_where_a_trigger_keeps_the_rows_that_it_deletes(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table(strategy);
        await database.LoadAsync(table, First, Row(table, 1, 1), Row(table, 2, 3));
        foreach (string sql in Triggers.Keep(destination))
        {
            database.Execute(sql);
        }

        string before = database.Digest("t");
        PipelineException refused = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, Row(table, 4, 4)));
        refused.Kind.ShouldBe(FailureKind.Destination);
        refused.What.ShouldBe(
            "rows that are in the table t, and that this load replaces or deletes, are still there after they were deleted: something of the table's passes over deletions without an error, or puts rows back");
        database.Digest("t").ShouldBe(before);
    }

    [Theory, OnEveryDestination]
    public async Task S27_a_load_fails_where_a_trigger_keeps_a_row_that_is_marked_as_deleted(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Id, Value, Col.Value("gone", ColumnType.Boolean, nullable: false)], deleteMarker: "gone");
        await database.LoadAsync(table, First, [1L, 1L, false], [2L, 3L, false]);
        foreach (string sql in Triggers.Keep(destination))
        {
            database.Execute(sql);
        }

        (await database.LoadAsync(table, First, [[1L, 1L, true]])).Deleted.ShouldBe(1); // One that it does not keep.
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, [[2L, 3L, true]]))).What.ShouldContain("are still there after they were deleted");
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    [OnEveryDestination(LoadStrategy.History)]
    [OnEveryDestination(LoadStrategy.Merge)]
    public async Task S01_S28_S47_a_trigger_that_only_takes_note_of_deletions_is_in_nobodys_way(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table(strategy);
        await database.LoadAsync(table, First, Row(table, 1, 1), Row(table, 2, 3));
        foreach (string sql in (string[])[Triggers.AuditTable, .. Triggers.NoteDeletions(destination)])
        {
            database.Execute(sql);
        }

        LoadedTable loaded = await database.LoadAsync(table, First, Row(table, 4, 4));
        loaded.Deleted.ShouldBe(2);
        database.Count("t").ShouldBe(1);
        database.Count("audit").ShouldBe(2);
    }

    private static TestContract Table(LoadStrategy strategy) => strategy switch
    {
        LoadStrategy.ReplaceRun => new("t", strategy, [Id, Day, Value, Col.Value("by", ColumnType.String, nullable: false)], runColumn: "by"),
        LoadStrategy.History => new("t", strategy, [Id, Day, Value, Col.Value("until", ColumnType.Date)], partition: "day", validTo: "until"),
        LoadStrategy.ReplaceTable => new("t", strategy, [Id, Day, Value]),
        LoadStrategy.Merge => new("t", strategy, [Id, Day, Value], deleteMissing: new DeleteMissingModel(DeleteScopeKind.Window, 1, false, 1)),
        _ => new("t", strategy, [Id, Day, Value], partition: "day"),
    };

    private static object?[] Row(TestContract table, long id, long value) =>
        table.Columns.Count == 4 ? [id, new DateOnly(2024, 3, 1), value, null] : [id, new DateOnly(2024, 3, 1), value];
}
