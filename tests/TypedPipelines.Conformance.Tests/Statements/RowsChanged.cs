using TypedPipelines.Conformance.Tests.Foreign;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 1, 15, 28 and 47: what a load inserts is found again by the next run, or the load fails: what a trigger of the table makes of it is looked for.</summary>
public sealed class RowsChanged
{
    private static readonly Partition First = TestDatabase.Day("2024-03-01");

    private static readonly Column Id = Col.Key("id");
    private static readonly Column Day = Col.Value("day", ColumnType.Date, nullable: false);
    private static readonly Column Value = Col.Value("v");

    [Theory]
    [OnEveryDestination(LoadStrategy.ReplacePartition, "the window that they belong to")]
    [OnEveryDestination(LoadStrategy.Snapshot, "the window that they belong to")]
    [OnEveryDestination(LoadStrategy.ReplaceRun, "the name of their partition")]
    [OnEveryDestination(LoadStrategy.ReplaceFile, "the name of their file")]
    [OnEveryDestination(LoadStrategy.History, "their key and the start of their version")]
    [OnEveryDestination(LoadStrategy.Merge, "their key")]
    public async Task S01_S28_S47_a_load_fails_where_a_trigger_changes_what_the_next_run_finds_its_rows_by(Destination destination, LoadStrategy strategy, string foundBy)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table(strategy);
        await database.PrepareAsync(table);
        await database.LoadAsync(table, First, Row(table, 1, 1));
        (string column, string other) = strategy switch
        {
            LoadStrategy.Merge or LoadStrategy.History => ("id", "7"),
            LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile => ("source", "'elsewhere'"),
            _ => ("day", "'2024-04-01'"),
        };
        foreach (string sql in Triggers.Change(destination, column, other))
        {
            database.Execute(sql);
        }

        (await database.LoadAsync(table, First, Row(table, 2, 2))).Inserted.ShouldBe(1); // One that it leaves as it is.
        string before = database.Digest("t");
        PipelineException refused = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, Row(table, 3, 3), Row(table, 4, 4)));
        refused.Kind.ShouldBe(FailureKind.Destination);
        refused.What.ShouldBe(
            $"1 rows that this load has inserted into the table t are not found there by {foundBy}: a trigger of the table has changed or removed it, or a policy hides them, and the next run would insert them again beside these");
        database.Digest("t").ShouldBe(before);
    }

    private static TestContract Table(LoadStrategy strategy) => strategy switch
    {
        LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile => new("t", strategy, [Id, Day, Value, Col.Value("source", ColumnType.String, nullable: false)], runColumn: "source"),
        LoadStrategy.History => new("t", strategy, [Id, Day, Value, Col.Value("until", ColumnType.Date)], partition: "day", validTo: "until"),
        LoadStrategy.Merge => new("t", strategy, [Id, Day, Value]),
        _ => new("t", strategy, [Id, Day, Value], partition: "day"),
    };

    private static object?[] Row(TestContract table, long id, long value) =>
        table.Columns.Count == 4 ? [id, new DateOnly(2024, 3, 1), value, null] : [id, new DateOnly(2024, 3, 1), value];
}
