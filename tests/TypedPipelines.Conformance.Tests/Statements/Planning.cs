using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 12, 49, 51 and 52: what the ledger says is to be done.</summary>
public sealed class Planning
{
    private static readonly TestContract Visits = new("visits", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");

    private static readonly TestContract Monthly = new("monthly", LoadStrategy.ReplacePartition, [Col.Value("month", ColumnType.Date, nullable: false)], partition: "month");

    private static readonly PartitionScheme March = PartitionScheme.Daily("2024-03-01", "2024-04-01");

    [Theory, OnEveryDestination]
    public async Task S12_a_new_window_brings_the_last_ones_before_it_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-01", lookBack: 2), Visits, Day), database.Destination);
        engine.Time = Noon(2);
        await engine.RunAsync(await engine.PlanAsync());
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs, "without a new window nothing is looked back to");

        engine.Time = Noon(3);
        Runs(await engine.PlanAsync()).ShouldBe([("2024-03-01", PlanReason.LookBack), ("2024-03-02", PlanReason.Missing)]);

        engine.Time = Noon(6);
        await engine.RunAsync(await engine.PlanAsync());
        engine.Time = Noon(8);
        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        Runs(plan).ShouldBe(
        [
            ("2024-03-04", PlanReason.LookBack), ("2024-03-05", PlanReason.LookBack), ("2024-03-06", PlanReason.Missing), ("2024-03-07", PlanReason.Missing),
        ]);
        (await engine.RunAsync(plan)).ShouldAllBe(result => result.Failure == null);
        database.Count("visits").ShouldBe(7);
        database.Outcomes().Count(outcome => outcome == "succeeded").ShouldBe(1 + 5 + 4);
    }

    [Theory, OnEveryDestination]
    public async Task S49_missing_are_the_windows_asked_for_less_the_complete_and_the_future_ones(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(March, Visits, Day), database.Destination);
        engine.Time = Noon(8);
        foreach (string day in new[] { "2024-03-05", "2024-03-02", "2024-03-06" })
        {
            await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, day)]);
        }

        Runs(await engine.PlanAsync("2024-03-02", "2024-03-31")).Select(run => run.Key).ShouldBe(["2024-03-03", "2024-03-04", "2024-03-07"]);
    }

    /// <summary>A month that has replaced its days, and has not all of their rows, is not forgotten when the pipeline is cut into days again.</summary>
    [Theory, OnEveryDestination]
    public async Task S49_windows_that_another_cut_may_have_replaced_are_loaded_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var days = new Engine(TestPipeline.Of(March, Visits, Day), database.Destination);
        days.Time = Noon(4);
        await days.RunAsync(await days.PlanAsync());
        using (var months = new Engine(TestPipeline.Of(PartitionScheme.Monthly("2024-03", allowPartial: true), Visits, _ => [[new DateOnly(2024, 3, 2)]]), database.NewDestination()))
        {
            months.Time = Noon(5);
            (await months.RunAsync(await months.PlanAsync())).ShouldAllBe(result => result.Failure == null);
        }

        database.Lines(Visits).ShouldBe(["2024-03-02"]);
        days.Time = Noon(4).AddDays(1).AddHours(1);
        IReadOnlyList<PlannedPartition> plan = await days.PlanAsync("2024-03-01", "2024-03-03");
        Runs(plan).ShouldBe([("2024-03-01", PlanReason.Stale), ("2024-03-02", PlanReason.Stale), ("2024-03-03", PlanReason.Stale)]);
        plan[0].Detail.ShouldBe("partition 2024-03, of when the pipeline was cut another way, was loaded since and may have replaced its rows");
        (await days.RunAsync(plan)).ShouldAllBe(result => result.Failure == null && result.Status == PartitionStatus.Loaded);
        database.Lines(Visits).ShouldBe(["2024-03-01", "2024-03-02", "2024-03-03"]);
        Runs(await days.PlanAsync("2024-03-01", "2024-03-03")).ShouldBeEmpty();
    }

    [Theory, OnEveryDestination]
    public async Task S51_a_failed_window_stays_failed_over_restarts_and_a_retry_takes_it_and_no_other(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var broken = new HashSet<string> { "2024-03-02" };
        PipelineRegistration pipeline = TestPipeline.Of(March, Visits, day => broken.Contains(day.Key) ? throw new FormatException("half a file") : Day(day));
        using (var before = new Engine(pipeline, database.Destination))
        {
            before.Time = Noon(4);
            await before.RunAsync(await before.PlanAsync());
        }

        broken.Clear();
        using var engine = new Engine(pipeline, database.NewDestination());
        engine.Time = Noon(6);
        (await database.EntryAsync(TestDatabase.Day("2024-03-02")))!.State.ShouldBe(PartitionState.Failed);
        IReadOnlyList<PlannedPartition> retry = await engine.Planner.PlanAsync(new BackfillRequest([]) { FailedOnly = true }, CancellationToken.None);
        PlannedPartition failed = retry.ShouldHaveSingleItem();
        (failed.Partition.Start, failed.Partition.End).ShouldBe((new DateTimeOffset(2024, 3, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 3, 3, 0, 0, 0, TimeSpan.Zero)));
        (await engine.RunAsync(retry)).ShouldHaveSingleItem().Status.ShouldBe(PartitionStatus.Loaded);
        Runs(await engine.PlanAsync()).ShouldBe([("2024-03-04", PlanReason.Missing), ("2024-03-05", PlanReason.Missing)]);
    }

    [Theory, OnEveryDestination]
    public async Task S52_running_an_upstream_window_again_makes_stale_what_read_it_at_its_own_grain(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration months = TestPipeline.Of(
            PartitionScheme.Monthly("2024-02", "2024-04"), Monthly, month => [[month.Window.StartDate]], "monthly", Visits);
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-02-28", "2024-04-01"), Visits, Day), database.Destination, months);
        engine.Time = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        (await engine.RunAsync(await engine.PlanAsync())).ShouldAllBe(result => result.Failure == null);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);

        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-05")]);

        PlannedPartition stale = (await engine.PlanAsync()).Single(planned => planned.Runs);
        (stale.Partition.Key, stale.Reason).ShouldBe(("2024-03", PlanReason.Stale));
        stale.Detail.ShouldBe("partition 2024-03-05 of flights, which it reads, was loaded again");
        await engine.RunAsync(await engine.PlanAsync());
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
    }

    [Theory, OnEveryDestination]
    public async Task S52_what_becomes_stale_while_a_plan_is_carried_out_is_run_in_its_turn(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration months = TestPipeline.Of(PartitionScheme.Monthly("2024-03", "2024-04"), Monthly, month => [[month.Window.StartDate]], "monthly", Visits);
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-30", "2024-04-02"), Visits, Day), database.Destination, months);
        engine.Time = new DateTimeOffset(2024, 4, 1, 12, 0, 0, TimeSpan.Zero);
        await engine.RunAsync(await engine.PlanAsync());
        database.Execute($"update {database.LedgerTable("partition")} set state = 'failed' where partition = '2024-03-31'");

        IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
        Runs(plan).ShouldBe([("2024-03-31", PlanReason.Failed)]);
        IReadOnlyList<PartitionResult> results = await engine.RunAsync(plan);

        results.Where(result => result.Status == PartitionStatus.Loaded).Select(result => result.Planned.Partition.Key).ShouldBe(["2024-03-31", "2024-03"]);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
    }

    /// <summary>What is looked up may have come with any window before: a day needs them all, and is made anew when one of them is.</summary>
    [Theory, OnEveryDestination]
    public async Task S52_a_table_that_is_read_whole_is_read_of_all_windows_up_to_the_reader_s(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration reader = TestPipeline.Of(March, Monthly, day => [[day.Window.StartDate]], "reading", Visits).ReadingWhole();
        using var engine = new Engine(TestPipeline.Of(March, Visits, Day), database.Destination, reader);
        engine.Time = Noon(12);
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-10")]);
        PartitionResult early = (await engine.RunAsync([engine.Planner.PlanOne("reading", "2024-03-10")])).Single();
        early.Status.ShouldBe(PartitionStatus.Blocked);
        early.Failure!.What.ShouldContain("partition 2024-03-01 of the pipeline flights");

        (await engine.RunAsync(await engine.PlanAsync())).ShouldAllBe(result => result.Failure == null);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-08")]);
        Runs(await engine.PlanAsync()).Select(run => run.Key).ShouldBe(["2024-03-08", "2024-03-09", "2024-03-10", "2024-03-11"]);
    }

    [Theory, OnEveryDestination]
    public async Task S52_a_run_that_changed_no_row_makes_nothing_stale(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var places = new TestContract("places", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);
        PipelineRegistration days = TestPipeline.Of(March, Visits, Day, "visits", places);
        object?[] place = [1L, "here"];
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.None, places, _ => [place]), database.Destination, days);
        engine.Time = Noon(4);
        await engine.RunAsync(await engine.PlanAsync());

        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, null)]);
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);

        place[1] = "there";
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, null)]);
        Runs(await engine.PlanAsync()).Select(run => run.Key).ShouldBe(["2024-03-01", "2024-03-02", "2024-03-03"]);
    }

    private static IEnumerable<object?[]> Day(Partition day) => [[day.Window.StartDate]];

    private static DateTimeOffset Noon(int day) => new(2024, 3, day, 12, 0, 0, TimeSpan.Zero);

    private static List<(string Key, PlanReason Reason)> Runs(IReadOnlyList<PlannedPartition> plan) =>
        [.. plan.Where(planned => planned.Runs).Select(planned => (planned.Partition.Key, planned.Reason))];
}
