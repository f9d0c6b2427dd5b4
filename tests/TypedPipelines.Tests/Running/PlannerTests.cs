using System.Globalization;
using TypedPipelines.Ledger;
using TypedPipelines.Running;
using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Running;

public sealed class PlannerTests
{
    private readonly MemoryDestination _destination = new();
    private readonly FixedClock _clock = new(Utc("2024-01-05T12:00Z"));
    private readonly List<PipelineRegistration> _pipelines = [Pipelines.Named("days", PartitionScheme.Daily("2024-01-01"))];

    [Fact]
    public async Task OnlyWindowsThatHaveEnded_ArePlanned_InTimeOrder() =>
        (await PlanAsync()).ShouldBe(["days 2024-01-01 Missing", "days 2024-01-02 Missing", "days 2024-01-03 Missing", "days 2024-01-04 Missing"]);

    [Fact]
    public async Task S13_WithAllowPartial_TheWindowThatHasBegunIsPlannedToo()
    {
        _pipelines[0] = Pipelines.Named("days", PartitionScheme.Daily("2024-01-04", allowPartial: true));

        (await PlanAsync()).ShouldBe(["days 2024-01-04 Missing", "days 2024-01-05 Missing"]);
    }

    [Fact]
    public async Task TheReason_IsWhatTheLedgerSays()
    {
        _destination.Set("days", "2024-01-01", PartitionState.Complete);
        _destination.Set("days", "2024-01-02", PartitionState.Partial);
        _destination.Set("days", "2024-01-03", PartitionState.Failed);
        _destination.Set("others", "2024-01-04", PartitionState.Complete);

        (await PlanAsync()).ShouldBe(["days 2024-01-01 UpToDate", "days 2024-01-02 Partial", "days 2024-01-03 Failed", "days 2024-01-04 Missing"]);
        (await PlanAsync(force: true)).ShouldBe(["days 2024-01-01 Asked", "days 2024-01-02 Asked", "days 2024-01-03 Asked", "days 2024-01-04 Asked"]);
    }

    [Theory]
    [InlineData(PlanReason.UpToDate, false)]
    [InlineData(PlanReason.Missing, true)]
    [InlineData(PlanReason.Failed, true)]
    [InlineData(PlanReason.Partial, true)]
    [InlineData(PlanReason.Asked, true)]
    public void WhatIsUpToDate_DoesNotRun(PlanReason reason, bool runs) =>
        new PlannedPartition(_pipelines[0], PartitionScheme.None.Parse("all"), reason).Runs.ShouldBe(runs);

    [Theory]
    [InlineData("2024-01-02", null, "2024-01-02 2024-01-03 2024-01-04")]
    [InlineData(null, "2024-01-02", "2024-01-01 2024-01-02")]
    [InlineData("2024-01-02", "2024-01-03", "2024-01-02 2024-01-03")]
    [InlineData("2024-01-03", "2024-01-03", "2024-01-03")]
    [InlineData("2024-01-04", "2024-02-01", "2024-01-04")]
    [InlineData("2024-01-06", null, "")]
    public async Task ASpan_IncludesBothItsEnds(string? from, string? to, string keys) =>
        string.Join(' ', (await PlanAsync(from, to)).Select(line => line.Split(' ')[1])).ShouldBe(keys);

    [Theory]
    [InlineData("2022-Q2", "2022-Q3", "2022-Q2 2022-Q3")]
    [InlineData(null, "2022-Q1", "2021-Q4 2022-Q1")]
    [InlineData("2023-Q4", null, "2023-Q4")]
    public async Task ASpanOfQuarters_IncludesBothItsEnds(string? from, string? to, string keys)
    {
        _pipelines[0] = Pipelines.Named("quarters", PartitionScheme.Quarterly("2021-Q4"));

        string.Join(' ', (await PlanAsync(from, to)).Select(line => line.Split(' ')[1])).ShouldBe(keys);
    }

    [Fact]
    public async Task S12_LookBackOfQuartersAndYears_IsClampedAtTheStart()
    {
        _pipelines[0] = Pipelines.Named("quarters", PartitionScheme.Quarterly("2022-Q3", lookBack: 3));
        _pipelines.Add(Pipelines.Named("years", PartitionScheme.Yearly("2020", lookBack: 2)));
        foreach ((string pipeline, string key) in new[]
        {
            ("quarters", "2022-Q3"), ("quarters", "2022-Q4"), ("quarters", "2023-Q1"), ("quarters", "2023-Q2"), ("quarters", "2023-Q3"), ("years", "2020"), ("years", "2021"),
        })
        {
            _destination.Set(pipeline, key, PartitionState.Complete);
        }

        (await PlanAsync()).ShouldBe(
        [
            "quarters 2022-Q3 UpToDate", "quarters 2022-Q4 UpToDate", "quarters 2023-Q1 LookBack", "quarters 2023-Q2 LookBack", "quarters 2023-Q3 LookBack",
            "quarters 2023-Q4 Missing", "years 2020 LookBack", "years 2021 LookBack", "years 2022 Missing", "years 2023 Missing",
        ]);
    }

    [Fact]
    public async Task S12_LookBack_CountsCompleteWindowsOnly()
    {
        _pipelines[0] = Pipelines.Named("quarters", PartitionScheme.Quarterly("2022-Q1", lookBack: 2));
        foreach (string key in new[] { "2022-Q1", "2022-Q2", "2022-Q3", "2023-Q1" })
        {
            _destination.Set("quarters", key, PartitionState.Complete);
        }

        _destination.Set("quarters", "2023-Q2", PartitionState.Failed);

        (await PlanAsync()).ShouldBe(
        [
            "quarters 2022-Q1 UpToDate", "quarters 2022-Q2 UpToDate", "quarters 2022-Q3 LookBack", "quarters 2022-Q4 Missing", "quarters 2023-Q1 LookBack",
            "quarters 2023-Q2 Failed", "quarters 2023-Q3 Missing", "quarters 2023-Q4 Missing",
        ]);
    }

    [Fact]
    public async Task ASpanTheWrongWayRound_IsRefused()
    {
        PipelineException refused = await Should.ThrowAsync<PipelineException>(() => PlanAsync("2024-01-03", "2024-01-02"));

        (refused.Kind, refused.What).ShouldBe((FailureKind.Usage, "--from 2024-01-03 comes after --to 2024-01-02"));
    }

    [Fact]
    public async Task OnlyThePipelinesNamed_ArePlanned()
    {
        _pipelines.Add(Pipelines.Named("whole", PartitionScheme.None));

        (await PlanAsync(pipelines: "whole")).ShouldBe(["whole all Missing"]);
        (await PlanAsync()).Length.ShouldBe(5);
        (await Should.ThrowAsync<PipelineException>(() => PlanAsync(pipelines: "hole"))).What.ShouldBe("there is no pipeline named 'hole'");
    }

    [Fact]
    public async Task ASpanOfDays_LeavesAPipelineWithoutWindowsWhole_UnlessItIsNamed()
    {
        _pipelines.Add(Pipelines.Named("whole", PartitionScheme.None));

        (await PlanAsync("2024-01-04", "2024-01-04")).ShouldBe(["days 2024-01-04 Missing", "whole all Missing"]);
        (await Should.ThrowAsync<PipelineException>(() => PlanAsync("2024-01-04", pipelines: "whole"))).Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public void OnePartition_IsPlannedWhateverItsState()
    {
        _destination.Set("days", "2024-01-01", PartitionState.Complete);

        PlannedPartition planned = Planner().PlanOne("days", "2024-01-01");

        (planned.Partition.Key, planned.Reason).ShouldBe(("2024-01-01", PlanReason.Asked));
    }

    [Fact]
    public void OnePartitionWithoutAKey_IsTheLatestThatCanBeLoaded()
    {
        Planner().PlanOne("days", null).Partition.Key.ShouldBe("2024-01-04");
        _pipelines[0] = Pipelines.Named("days", PartitionScheme.Daily("2024-01-01", allowPartial: true));
        Planner().PlanOne("days", null).Partition.Key.ShouldBe("2024-01-05");
    }

    [Theory]
    [InlineData("2024-01-05", false, "partition 2024-01-05 of days ends at 2024-01-06T00:00:00Z, which has not come yet. Run it then, or set AllowPartial on the pipeline's partitions: the ledger then calls it partial and plans it again.")]
    [InlineData("2024-01-06", false, "partition 2024-01-06 of days ends at 2024-01-07T00:00:00Z, which has not come yet. Run it then.")]
    [InlineData("2024-01-06", true, "partition 2024-01-06 of days begins at 2024-01-06T00:00:00Z, which has not come yet. Run it then.")]
    public void S13_APartitionOfTheFuture_IsRefused_AndAllowPartialAdvisedOnlyWhereItHelps(string key, bool allowPartial, string message)
    {
        _pipelines[0] = Pipelines.Named("days", PartitionScheme.Daily("2024-01-01", allowPartial: allowPartial));

        PipelineException refused = Should.Throw<PipelineException>(() => Planner().PlanOne("days", key));

        (refused.Kind, refused.Message).ShouldBe((FailureKind.Window, message));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    public void ATimeInAMessage_IsTheSameInEveryCulture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            S13_APartitionOfTheFuture_IsRefused_AndAllowPartialAdvisedOnlyWhereItHelps("2024-01-06", false, "partition 2024-01-06 of days ends at 2024-01-07T00:00:00Z, which has not come yet. Run it then.");
            APipelineOfTheFuture_HasNoLatest(false, "no partition of days has ended yet; the first ends at 2025-01-02T00:00:00Z. Run it then.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(false, "no partition of days has ended yet; the first ends at 2025-01-02T00:00:00Z. Run it then.")]
    [InlineData(true, "no partition of days has begun yet; the first begins at 2025-01-01T00:00:00Z. Run it then.")]
    public void APipelineOfTheFuture_HasNoLatest(bool allowPartial, string message)
    {
        _pipelines[0] = Pipelines.Named("days", PartitionScheme.Daily("2025-01-01", allowPartial: allowPartial));

        Should.Throw<PipelineException>(() => Planner().PlanOne("days", null)).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData(false, false, false, "1 UpToDate, 2 Stale, 3 Failed, 4 Missing")]
    [InlineData(true, false, false, "3 Failed")]
    [InlineData(false, true, false, "4 Missing")]
    [InlineData(false, false, true, "2 Stale")]
    [InlineData(true, true, false, "3 Failed, 4 Missing")]
    [InlineData(true, true, true, "2 Stale, 3 Failed, 4 Missing")]
    public async Task OnlySomePartitions_AreThoseThatAnyOfTheWordsMeans(bool failed, bool missing, bool stale, string plan)
    {
        _destination.Set("days", "2024-01-01", PartitionState.Complete);
        _destination.Set("days", "2024-01-02", PartitionState.Stale);
        _destination.Set("days", "2024-01-03", PartitionState.Failed);

        IReadOnlyList<PlannedPartition> planned = await Planner().PlanAsync(
            new BackfillRequest([]) { FailedOnly = failed, MissingOnly = missing, StaleOnly = stale }, CancellationToken.None);

        string.Join(", ", planned.Select(partition => $"{partition.Partition.Key[^1]} {partition.Reason}")).ShouldBe(plan);
    }

    [Fact]
    public async Task Downstream_AddsWhatIsToDoInTheSpan_AndWhatIsUpToDateAnywhere_OfAllThatRead()
    {
        var orders = new Lines("orders") { Loads = LoadStrategy.ReplacePartition };
        var months = new Lines("months") { Loads = LoadStrategy.ReplacePartition };
        var report = new Lines("report");
        _clock.Now = Utc("2024-03-05T12:00Z");
        _pipelines.Clear();
        _pipelines.AddRange(
        [
            Pipelines.Named("orders", PartitionScheme.Daily("2024-01-01", "2024-03-01"), orders),
            Pipelines.Named("months", PartitionScheme.Monthly("2023-12"), months, [orders]),
            Pipelines.Named("report", PartitionScheme.None, report, [months]),
            Pipelines.Named("other", PartitionScheme.Daily("2024-01-01")),
        ]);
        _destination.Set("months", "2024-02", PartitionState.Complete);
        _destination.Set("report", "all", PartitionState.Stale);

        IReadOnlyList<PlannedPartition> planned = await Planner().PlanAsync(
            new BackfillRequest(["orders"], "2024-01-30", "2024-01-31") { Downstream = true, MissingOnly = true }, CancellationToken.None);

        planned.Select(partition => $"{partition.Pipeline.Descriptor.Name} {partition.Partition.Key} {partition.Reason}").ShouldBe(
        [
            "orders 2024-01-30 Missing", "orders 2024-01-31 Missing", "months 2024-01 Missing", "months 2024-02 UpToDate", "report all Stale",
        ]);
    }

    private Planner Planner() => new(new PipelineCatalog(_pipelines), _destination, _clock);

    private async Task<string[]> PlanAsync(string? from = null, string? to = null, bool force = false, params string[] pipelines) =>
        [.. (await Planner().PlanAsync(new BackfillRequest(pipelines, from, to, force), CancellationToken.None))
            .Select(planned => $"{planned.Pipeline.Descriptor.Name} {planned.Partition} {planned.Reason}")];
}
