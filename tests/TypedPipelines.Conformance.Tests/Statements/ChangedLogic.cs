using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 50: what a change of code makes stale. Which edits are changes is tested with the generator.</summary>
public sealed class ChangedLogic
{
    private static readonly TestContract Visits = new("visits", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");

    private static readonly TestContract Others = new("others", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");

    private static readonly PartitionScheme March = PartitionScheme.Daily("2024-03-01", "2024-04-01");

    private static readonly PipelineRegistration Pipeline = TestPipeline.Of(March, Visits, Day);

    private static readonly PipelineRegistration Before = Pipeline.With(new LogicPart("Clean(Row)", "a1"), new LogicPart("Tax.Round(decimal)", "b1"));

    private static readonly PipelineRegistration After = Pipeline.With(
        new LogicPart("Clean(Row)", "a1"), new LogicPart("Tax.Floor(decimal)", "c1"), new LogicPart("Tax.Round(decimal)", "b2"));

    private static readonly PipelineRegistration Other = TestPipeline.Of(March, Others, Day, "others").With(new LogicPart("Other()", "d1"));

    [Theory, OnEveryDestination]
    public async Task S50_a_change_of_logic_makes_exactly_its_partitions_stale_and_reverting_it_makes_them_fresh_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using (var before = new Engine(Before, database.Destination, Other) { Time = Noon(4) })
        {
            (await before.RunAsync(await before.PlanAsync())).ShouldAllBe(result => result.Failure == null);
            (await before.PlanAsync()).ShouldAllBe(planned => planned.Reason == PlanReason.UpToDate);
        }

        using (var after = new Engine(After, database.NewDestination(), Other) { Time = Noon(4) })
        {
            IReadOnlyList<PlannedPartition> plan = await after.PlanAsync();
            plan.ShouldAllBe(planned => !planned.Runs, "most changes of code are not about the past");
            Changed(plan).ShouldBe(["flights 2024-03-01", "flights 2024-03-02", "flights 2024-03-03"]);
            plan.Where(planned => planned.Reason == PlanReason.LogicChanged).ShouldAllBe(
                planned => planned.Detail == "Tax.Round(decimal) changed, Tax.Floor(decimal) was added after it was loaded");

            IReadOnlyList<PlannedPartition> stale = await StaleAsync(after, "2024-03-02", "2024-03-02");
            (await after.RunAsync(stale)).ShouldHaveSingleItem().Status.ShouldBe(PartitionStatus.Loaded);
            (await after.RunAsync(stale)).ShouldHaveSingleItem().Status.ShouldBe(PartitionStatus.UpToDate, "another worker has loaded it with today's logic");
            Changed(await after.PlanAsync()).ShouldBe(["flights 2024-03-01", "flights 2024-03-03"]);
        }

        using var reverted = new Engine(Before, database.NewDestination(), Other) { Time = Noon(4) };
        Changed(await reverted.PlanAsync()).ShouldBe(["flights 2024-03-02"], "the others were loaded with this logic");
        (await reverted.RunAsync(await StaleAsync(reverted))).ShouldHaveSingleItem().Planned.Partition.Key.ShouldBe("2024-03-02");
        Changed(await reverted.PlanAsync()).ShouldBeEmpty();
    }

    [Theory, OnEveryDestination]
    public async Task S50_a_partition_that_failed_with_new_logic_still_has_the_rows_of_the_old(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using (var before = new Engine(Before, database.Destination) { Time = Noon(2) })
        {
            await before.RunAsync(await before.PlanAsync());
        }

        PipelineRegistration broken = TestPipeline.Of(March, Visits, _ => throw new FormatException("half a file")).With([.. After.Descriptor.Logic!.Parts]);
        using var after = new Engine(broken, database.NewDestination()) { Time = Noon(2) };
        (await after.RunAsync(await StaleAsync(after))).ShouldHaveSingleItem().Status.ShouldBe(PartitionStatus.Failed);

        (await database.EntryAsync(TestDatabase.Day("2024-03-01")))!.Fingerprint.ShouldBe(Before.Descriptor.Logic!.Fingerprint);
        (await after.PlanAsync()).ShouldHaveSingleItem().Reason.ShouldBe(PlanReason.Failed);
    }

    private static Task<IReadOnlyList<PlannedPartition>> StaleAsync(Engine engine, string? from = null, string? to = null) =>
        engine.Planner.PlanAsync(new BackfillRequest([], from, to) { StaleOnly = true }, CancellationToken.None);

    private static string[] Changed(IEnumerable<PlannedPartition> plan) =>
        [.. plan.Where(planned => planned.Reason == PlanReason.LogicChanged).Select(planned => $"{planned.Pipeline.Descriptor.Name} {planned.Partition.Key}")];

    private static IEnumerable<object?[]> Day(Partition day) => [[day.Window.StartDate]];

    private static DateTimeOffset Noon(int day) => new(2024, 3, day, 12, 0, 0, TimeSpan.Zero);
}
