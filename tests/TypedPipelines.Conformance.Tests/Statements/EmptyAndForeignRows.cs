using Microsoft.Extensions.Logging;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 1 and 2: a batch without rows, and rows that are none of the window's business.</summary>
public sealed class EmptyAndForeignRows
{
    private static readonly Partition First = TestDatabase.Day("2024-03-01");
    private static readonly Partition Second = TestDatabase.Day("2024-03-02");
    private static readonly Column[] Columns = [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)];
    private static readonly TestContract Table = Visits(RowAction.Fail);

    private static TestContract Visits(RowAction outOfWindow) =>
        new("visits", LoadStrategy.ReplacePartition, Columns, partition: "day") { WhenOutOfWindow = outOfWindow };

    private static object?[] Row(long id, int day) => [id, new DateOnly(2024, 3, day)];

    [Theory, OnEveryDestination]
    public async Task S01_no_rows_leave_an_empty_window_that_is_complete(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, First, Row(1, 1));
        await database.LoadAsync(Table, Second, Row(2, 2));
        LoadedTable loaded = await database.LoadAsync(Table, First);
        loaded.ShouldBe(new LoadedTable("visits", 0, 0, 0, 0, 1));
        database.Lines(Table).ShouldBe(["2 | 2024-03-02"]);
        PartitionEntry entry = (await database.EntryAsync(First))!;
        (entry.State, entry.Counts.Loaded).ShouldBe((PartitionState.Complete, 0));
    }

    [Theory, OnEveryDestination]
    public async Task S01_a_window_without_rows_is_complete_with_a_warning(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-01", "2024-03-02"), Table, _ => []), database.Destination);
        (await engine.RunAsync(await engine.PlanAsync())).ShouldHaveSingleItem().Status.ShouldBe(PartitionStatus.Loaded);
        engine.Log.ShouldContain((LogLevel.Warning, "flights 2024-03-01 is complete with no rows: 0 read, none loaded"));
        (await engine.PlanAsync()).ShouldHaveSingleItem().Reason.ShouldBe(PlanReason.UpToDate);
    }

    [Theory, OnEveryDestination]
    public async Task S02_a_row_outside_the_window_fails_the_load_before_anything_changes(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, First, Row(1, 1));
        string before = database.Digest("visits");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(Table, First, Row(7, 1), Row(8, 5)));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldBe("test.csv:3: column day of visits = 2024-03-05 lies outside the window of partition 2024-03-01, [2024-03-01, 2024-03-02); the row is id=8, day=2024-03-05");
        database.Digest("visits").ShouldBe(before);
    }

    [Theory]
    [OnEveryDestination(RowAction.Drop)]
    [OnEveryDestination(RowAction.Quarantine)]
    public async Task S02_a_row_outside_the_window_is_dropped_and_counted_or_kept_as_a_reject(Destination destination, RowAction action)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration pipeline = TestPipeline.Of(
            PartitionScheme.Daily("2024-03-01", "2024-03-02"), Visits(action), _ => [Row(7, 1), Row(8, 5), Row(9, 1)]);
        using var engine = new Engine(pipeline, database.Destination);
        PartitionResult result = (await engine.RunAsync(await engine.PlanAsync())).ShouldHaveSingleItem();
        result.Status.ShouldBe(PartitionStatus.Loaded, result.Failure?.Message);
        database.Lines(Table).ShouldBe(["7 | 2024-03-01", "9 | 2024-03-01"]);
        (await database.EntryAsync(First))!.Counts.ShouldBe(
            action == RowAction.Drop ? new RowCounts(Read: 3, Loaded: 2, Dropped: 1, Rejected: 0) : new RowCounts(Read: 3, Loaded: 2, Dropped: 0, Rejected: 1));
        IReadOnlyList<RejectEntry> rejects = await database.Destination.Ledger.GetRejectsAsync(null, null, 10, CancellationToken.None);
        rejects.Select(entry => (entry.Reject.Column, entry.Reject.Value, entry.Reject.Raw, entry.Reject.Reason)).ShouldBe(action == RowAction.Drop
            ? []
            : [("day", "2024-03-05", "id=8, day=2024-03-05", "lies outside the window of this partition")]);
    }

    [Theory]
    [OnEveryDestination(RowAction.Fail)]
    [OnEveryDestination(RowAction.Drop)]
    public async Task S02_S28_where_missing_rows_are_deleted_by_window_a_merge_takes_no_rows_of_another(Destination destination, RowAction action)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("visits", LoadStrategy.Merge, Columns, deleteMissing: new DeleteMissingModel(DeleteScopeKind.Window, 1, false, 1)) { WhenOutOfWindow = action };
        await database.LoadAsync(table, First, Row(1, 1));
        string before = database.Digest("visits");
        if (action == RowAction.Fail)
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, Row(7, 1), Row(8, 5)));
            e.Kind.ShouldBe(FailureKind.Row);
            e.What.ShouldBe("test.csv:3: column day of visits = 2024-03-05 lies outside the window of partition 2024-03-01, [2024-03-01, 2024-03-02); the row is id=8, day=2024-03-05");
            e.Next.ShouldContain("set OutOfWindow on [DeleteMissing] of");
            database.Digest("visits").ShouldBe(before);
            (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, [[7L, null]]))).Kind.ShouldBe(FailureKind.Row);
        }
        else
        {
            LoadedTable loaded = await database.LoadAsync(table, First, Row(7, 1), Row(8, 5));
            (loaded.Inserted, loaded.Deleted).ShouldBe((1, 1));
            database.Lines(table).ShouldBe(["7 | 2024-03-01"]);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S02_rows_outside_the_window_leave_those_of_their_own_window_alone(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, TestDatabase.Day("2024-03-05"), Row(8, 5));
        string before = database.Digest("visits", "day = '2024-03-05'");
        await using (IPartitionSession session = await database.BeginAsync(First))
        {
            LoadInput<object?[]> input = await TestDatabase.StageAsync(session, Visits(RowAction.Drop), First, Row(7, 1), Row(8, 5));
            (input.Received, input.Dropped, input.Staged).ShouldBe((2, 1, 1));
            await session.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None);
        }

        database.Digest("visits", "day = '2024-03-05'").ShouldBe(before);
        database.Count("visits").ShouldBe(2);
    }
}
