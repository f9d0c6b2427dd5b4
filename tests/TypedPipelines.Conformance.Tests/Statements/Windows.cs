using System.Data.Common;
using System.Globalization;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 3 to 7: which rows belong to a window, and what a re-run of it may touch.</summary>
public sealed class Windows
{
    private static readonly Partition First = TestDatabase.Day("2024-03-01");
    private static readonly Partition Second = TestDatabase.Day("2024-03-02");

    private static readonly TestContract Readings = new(
        "readings",
        LoadStrategy.ReplacePartition,
        [Col.Key("id"), Col.Value("at", ColumnType.Instant, nullable: false), Col.Value("amount")],
        partition: "at");

    private static readonly TestContract Days = new(
        "days",
        LoadStrategy.ReplacePartition,
        [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("amount")],
        partition: "day");

    private static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static object?[] Row(long id, string at, long amount = 1) => [id, At(at), amount];

    [Theory]
    [OnEveryDestination(true)]
    [OnEveryDestination(false)]
    public async Task S03_a_row_at_the_end_belongs_to_the_next_window(Destination destination, bool inOrder)
    {
        await using TestDatabase database = destination.NewDatabase();
        Func<Task>[] loads =
        [
            () => database.LoadAsync(Readings, First, Row(1, "2024-03-01T00:00:00Z")),
            () => database.LoadAsync(Readings, Second, Row(2, "2024-03-02T00:00:00Z")),
        ];
        foreach (Func<Task> load in inOrder ? loads : loads.Reverse())
        {
            await load();
            await load();
        }

        database.Lines(Readings).ShouldBe(["1 | 2024-03-01 00:00:00Z | 1", "2 | 2024-03-02 00:00:00Z | 1"]);
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(Readings, First, Row(2, "2024-03-02T00:00:00Z")))).Kind.ShouldBe(FailureKind.Row);
    }

    [Theory, OnEveryDestination]
    public async Task S03_a_date_at_the_end_belongs_to_the_next_window(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Days, Second, [new DateOnly(2024, 3, 2), 1L]);
        (await database.LoadAsync(Days, First, [new DateOnly(2024, 3, 1), 1L])).Deleted.ShouldBe(0);
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(Days, First, [new DateOnly(2024, 3, 2), 1L]))).Kind.ShouldBe(FailureKind.Row);
        database.Lines(Days).ShouldBe(["2024-03-01 | 1", "2024-03-02 | 1"]);
    }

    [Theory, OnEveryDestination]
    public async Task S04_a_row_one_step_before_the_end_is_replaced_by_its_window(Destination destination)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        object?[] last = [1L, At("2024-03-02T00:00:00Z") - database.SmallestStep, 1L];
        await database.LoadAsync(Readings, First, last);
        (await database.LoadAsync(Readings, Second, Row(2, "2024-03-02T00:00:00.0000000Z"))).Deleted.ShouldBe(0);
        (await database.LoadAsync(Readings, First, last)).Deleted.ShouldBe(1);
        database.Rows(Readings).Select(row => row[1]).ShouldBe([last[1], At("2024-03-02T00:00:00Z")]);
        log.Statements.ShouldContain(statement => statement.Contains("delete", StringComparison.OrdinalIgnoreCase));
        log.Statements.ShouldNotContain(statement => statement.Contains("between", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, OnEveryDestination]
    public async Task S04_a_step_before_the_start_belongs_to_the_window_before(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        object?[] before = [1L, At("2024-03-02T00:00:00Z") - database.SmallestStep, 1L];
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(Readings, Second, before))).Kind.ShouldBe(FailureKind.Row);
        await database.LoadAsync(Readings, First, before);
        await database.LoadAsync(Readings, Second);
        database.Rows(Readings).ShouldHaveSingleItem()[1].ShouldBe(before[1]);
    }

    [Theory, OnEveryDestination]
    public async Task S05_null_in_the_partition_column_fails_the_load(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "readings", LoadStrategy.ReplacePartition, [Col.Value("at", ColumnType.Instant), Col.Value("amount")], partition: "at");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, First, [At("2024-03-01T10:00:00Z"), 1L], [null, 1L]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.Message.ShouldContain("test.csv:3");
        e.Message.ShouldContain("column at of readings");
        database.Count("readings").ShouldBe(0);
        Should.Throw<DbException>(() => database.Execute("insert into readings (amount) values (1)"));
    }

    [Theory]
    [OnEveryDestination(true)]
    [OnEveryDestination(false)]
    public async Task S06_a_row_that_moved_to_another_window_exists_once(Destination destination, bool inOrder)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Readings, First, Row(1, "2024-03-01T10:00:00Z"), Row(2, "2024-03-01T10:00:00Z"));
        Func<Task>[] loads =
        [
            () => database.LoadAsync(Readings, First, Row(2, "2024-03-01T10:00:00Z")),
            () => database.LoadAsync(Readings, Second, Row(1, "2024-03-02T09:00:00Z")),
        ];
        foreach (Func<Task> load in inOrder ? loads : loads.Reverse())
        {
            await load();
        }

        database.Lines(Readings).ShouldBe(["1 | 2024-03-02 09:00:00Z | 1", "2 | 2024-03-01 10:00:00Z | 1"]);
    }

    [Theory, OnEveryDestination]
    public async Task S07_reloading_a_window_changes_nothing_else(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        for (int day = 1; day <= 5; day++)
        {
            await database.LoadAsync(Days, TestDatabase.Day($"2024-03-0{day}"), [new DateOnly(2024, 3, day), 1L], [new DateOnly(2024, 3, day), 2L]);
        }

        database.CountTouches("days");
        string rest = database.Digest("days", "day <> '2024-03-03'");
        LoadedTable loaded = await database.LoadAsync(Days, TestDatabase.Day("2024-03-03"), [new DateOnly(2024, 3, 3), 7L]);
        loaded.ShouldBe(new LoadedTable("days", 1, 0, 1, 0, 2));
        database.Digest("days", "day <> '2024-03-03'").ShouldBe(rest);
        database.Lines(Days).Where(line => line.StartsWith("2024-03-03", StringComparison.Ordinal)).ShouldBe(["2024-03-03 | 7"]);
        database.List<string>("select kind from touched order by kind").ShouldBe(["delete", "delete", "insert"]);
    }

    [Theory, OnEveryDestination]
    public async Task S07_a_table_of_another_pipelines_rows_stays_as_it_is(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var other = new TestContract("other_days", LoadStrategy.ReplacePartition, Days.Columns, partition: "day");
        await database.LoadAsync(other, First, [new DateOnly(2024, 3, 1), 1L]);
        string before = database.Digest("other_days");
        await database.LoadAsync(Days, First, [new DateOnly(2024, 3, 1), 2L]);
        await database.LoadAsync(Days, First);
        database.Digest("other_days").ShouldBe(before);
    }

    [Theory, OnEveryDestination]
    public async Task A_failed_load_leaves_every_row_and_the_partition_marked_failed(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Readings, First, Row(1, "2024-03-01T10:00:00Z"));
        string before = database.Digest("readings");
        await using (IPartitionSession session = await database.BeginAsync(First))
        {
            session.Before!.State.ShouldBe(PartitionState.Complete);
            await TestDatabase.StageAsync(session, Readings, First, Row(9, "2024-03-01T10:00:00Z"));
            await session.FailAsync(TestDatabase.Failed("bad row"), CancellationToken.None);
        }

        database.Digest("readings").ShouldBe(before);
        PartitionEntry entry = (await database.EntryAsync(First))!;
        entry.State.ShouldBe(PartitionState.Failed);
        entry.Error.ShouldBe("bad row");
        entry.LoadedRunId.ShouldNotBeNull();
        entry.LoadedRunId.ShouldNotBe(entry.RunId);
    }
}
