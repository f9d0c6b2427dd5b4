using TypedPipelines.Compilation.Model;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 25 and 28: a window that is run again after later ones neither overwrites nor deletes what came with those.</summary>
public sealed class OvertakenWindows
{
    private static readonly TestContract Places = new(
        "places",
        LoadStrategy.Merge,
        [Col.Key("id"), Col.Value("version", nullable: false), Col.Value("name", ColumnType.String)],
        version: "version",
        deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.5));

    /// <summary>Each day's batch is everything: a place more each day, and from the third day on the first is gone.</summary>
    [Theory, OnEveryDestination]
    public async Task S25_S28_only_the_latest_window_deletes_what_its_batch_does_not_have(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-01", "2024-03-04"), Places, Extract), database.Destination);
        string[] expected = ["2 | 3 | day 3", "3 | 3 | day 3", "4 | 3 | day 3", "5 | 3 | day 3"];
        await engine.RunAsync(await engine.PlanAsync());
        database.Lines(Places).ShouldBe(expected);

        PartitionResult again = (await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")])).Single();
        again.Failure.ShouldBeNull();
        again.Tables.Single().Deleted.ShouldBe(0);
        // Place 1 came back, for the oldest batch has it; whether it is gone since, only the latest can say, and a backfill asks it.
        database.Lines(Places).ShouldBe(["1 | 1 | day 1", .. expected]);

        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        PlannedPartition stale = plan.Single(planned => planned.Runs);
        (stale.Partition.Key, stale.Reason).ShouldBe(("2024-03-03", PlanReason.Stale));
        (await engine.RunAsync(plan)).Single(result => result.Status == PartitionStatus.Loaded).Tables.Single().Deleted.ShouldBe(1);
        database.Lines(Places).ShouldBe(expected);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
    }

    /// <summary>A deletion leaves no trace, so that an older batch brings the row back: the window that deletes it is to be run again.</summary>
    [Theory, OnEveryDestination]
    public async Task S25_S27_a_row_that_an_older_window_brings_back_is_deleted_again_by_the_window_that_marks_it(Destination destination)
    {
        var people = new TestContract(
            "people",
            LoadStrategy.Merge,
            [Col.Key("id"), Col.Value("version", nullable: false), Col.Value("name", ColumnType.String), Col.Value("gone", ColumnType.Boolean, nullable: false)],
            version: "version",
            deleteMarker: "gone");
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(
            TestPipeline.Of(
                PartitionScheme.Daily("2024-03-01", "2024-03-04"),
                people,
                day => day.Key switch
                {
                    "2024-03-01" => [[1L, 1L, "a", false], [2L, 1L, "b", false]],
                    "2024-03-02" => [[2L, 2L, "b", true]],
                    _ => [[3L, 1L, "c", false]],
                }),
            database.Destination);
        string[] expected = ["1 | 1 | a", "3 | 1 | c"];
        await engine.RunAsync(await engine.PlanAsync());
        database.Lines(people).ShouldBe(expected);

        (await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")])).Single().Failure.ShouldBeNull();
        database.Lines(people).ShouldBe(["1 | 1 | a", "2 | 1 | b", "3 | 1 | c"]);
        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        plan.Where(planned => planned.Runs).Select(planned => (planned.Partition.Key, planned.Reason)).ShouldBe([("2024-03-02", PlanReason.Stale), ("2024-03-03", PlanReason.Stale)]);
        await engine.RunAsync(plan);
        database.Lines(people).ShouldBe(expected);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs, "the later windows inserted nothing");
    }

    /// <summary>Its rows are in the table, whether the ledger calls it complete or not.</summary>
    [Theory, OnEveryDestination]
    public async Task S25_S28_a_latest_window_that_is_stale_or_failed_is_the_latest_all_the_same(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-01", "2024-03-04"), Places, Extract), database.Destination);
        await engine.RunAsync(await engine.PlanAsync());
        List<string> expected = database.Lines(Places);
        foreach (string state in new[] { "stale", "failed" })
        {
            database.Execute($"update {database.LedgerTable("partition")} set state = '{state}' where partition = '2024-03-03'");
            (await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")])).Single().Tables.Single().Deleted.ShouldBe(0, state);
        }

        (await engine.PlanAsync()).Where(planned => planned.Runs).Select(planned => planned.Partition.Key).ShouldBe(["2024-03-03"]);
        await engine.RunAsync(await engine.PlanAsync());
        database.Lines(Places).ShouldBe(expected);

        // Each window in turn, by force: none of them takes out what a later one brought.
        IReadOnlyList<PartitionResult> forced = await engine.RunAsync(
            [.. new[] { "2024-03-01", "2024-03-02", "2024-03-03" }.Select(day => engine.Planner.PlanOne(TestDatabase.Pipeline, day))]);
        forced.Select(result => result.Tables.Single().Deleted).ShouldBe([0, 0, 1]);
        database.Lines(Places).ShouldBe(expected);
    }

    private static IEnumerable<object?[]> Extract(Partition day)
    {
        long n = day.Window.StartDate.Day;
        for (long id = n == 3 ? 2 : 1; id <= n + 2; id++)
        {
            yield return [id, n, $"day {n}"];
        }
    }
}
