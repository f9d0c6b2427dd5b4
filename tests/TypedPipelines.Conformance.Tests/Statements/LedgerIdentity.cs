using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 8, 49 and 51: an entry of the ledger is of the rows that it was written for, and of no others that happen to have its names.</summary>
public sealed class LedgerIdentity
{
    private static readonly PartitionScheme Days = PartitionScheme.Daily("2024-03-01", "2024-03-04");

    private static readonly PartitionScheme DaysInNewYork = PartitionScheme.Daily("2024-03-01", "2024-03-04", "America/New_York");

    [Theory, OnEveryDestination]
    public async Task S49_rows_that_were_loaded_into_another_table_are_not_in_this_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract before = Visits("visits", LoadStrategy.ReplacePartition);
        TestContract after = Visits("visits_v2", LoadStrategy.ReplacePartition);
        await database.PrepareAsync(after); // As a migration would create it: the ledger is not asked.
        using (var old = new Engine(TestPipeline.Of(Days, before, Hours), database.Destination))
        {
            (await old.RunAsync(await old.PlanAsync())).ShouldAllBe(result => result.Failure == null);
            (await old.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
        }

        using var engine = new Engine(TestPipeline.Of(Days, after, Hours), database.NewDestination());
        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        plan.ShouldAllBe(planned => planned.Reason == PlanReason.Stale);
        plan[0].Detail!.ShouldMatch("^it was loaded into (\\w+\\.)?visits, and not into (\\w+\\.)?visits_v2$");
        (await engine.RunAsync(plan)).ShouldAllBe(result => result.Status == PartitionStatus.Loaded);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
        database.Count("visits_v2").ShouldBe(72);
        database.Count("visits").ShouldBe(72);
    }

    [Theory, OnEveryDestination]
    public async Task S08_S49_days_of_another_time_zone_are_other_days(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Visits("visits", LoadStrategy.ReplacePartition);
        using (var old = new Engine(TestPipeline.Of(Days, table, Hours), database.Destination))
        {
            await old.RunAsync([old.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01"), old.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")]);
        }

        using var engine = new Engine(TestPipeline.Of(DaysInNewYork, table, Hours), database.NewDestination());
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-03")]);
        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        plan.Select(planned => planned.Reason).ShouldBe([PlanReason.Stale, PlanReason.Stale, PlanReason.UpToDate]);
        plan[0].Detail.ShouldBe("it was loaded when the pipeline was cut another way: as DayPartition UTC, and today it is DayPartition America/New_York");
        (await engine.RunAsync(plan)).ShouldAllBe(result => result.Failure == null);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);

        // From midnight in UTC of the first day to midnight in New York after the last, each hour once.
        database.Lines(table).Distinct().Count().ShouldBe(3 * 24 + 5);
        database.Count("visits").ShouldBe(3 * 24 + 5);
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.ReplaceRun)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S08_S49_rows_that_are_known_by_their_day_alone_are_not_loaded_by_days_of_another_zone(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Visits("visits", strategy);
        using (var old = new Engine(TestPipeline.Of(Days, table, Hours), database.Destination))
        {
            (await old.RunAsync([old.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")])).ShouldHaveSingleItem().Failure.ShouldBeNull();
        }

        using var engine = new Engine(TestPipeline.Of(DaysInNewYork, table, Hours), database.NewDestination());
        PipelineException refused = await Should.ThrowAsync<PipelineException>(engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")]));
        refused.What.ShouldStartWith("partition 2024-03-01 was loaded when the pipeline was cut another way than into days such as 2001-01-31 of America/New_York;");
        database.Count("visits").ShouldBe(24);
    }

    /// <summary>An event at every hour of the window.</summary>
    private static IEnumerable<object?[]> Hours(Partition day)
    {
        for (DateTimeOffset at = day.Start; at < day.End; at = at.AddHours(1))
        {
            yield return [at.UtcDateTime, null];
        }
    }

    private static TestContract Visits(string name, LoadStrategy strategy) => new(
        name,
        strategy,
        [Col.Value("at", ColumnType.Instant, nullable: false), Col.Value("source", ColumnType.String, nullable: strategy != LoadStrategy.ReplaceRun)],
        partition: strategy == LoadStrategy.ReplacePartition ? "at" : null,
        runColumn: strategy == LoadStrategy.ReplaceRun ? "source" : null);
}
