using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Months, quarters and years: planned when they have ended, and given to sources and steps.</summary>
public sealed class CalendarTests
{
    [Fact]
    public async Task Months_are_planned_when_they_have_ended()
    {
        using var stage = new Stage(new DateTimeOffset(2026, 3, 31, 23, 59, 59, TimeSpan.Zero));
        stage.AddPipeline<InvoicesPipeline>();
        Feed.Set<Invoice>(month => [new Invoice(((MonthPartition)month).FirstDate, 1), new Invoice(((MonthPartition)month).FirstDate.AddMonths(1).AddDays(-1), 2)]);

        (await stage.BackfillAsync(new BackfillRequest([]))).Select(result => result.Planned.Partition.Key).ShouldBe(["2026-01", "2026-02"]);
        stage.Clock.Now = stage.Clock.Now.AddSeconds(1);
        IReadOnlyList<PartitionResult> later = await stage.BackfillAsync(new BackfillRequest([]));

        later.Select(result => (result.Planned.Partition.Key, result.Status)).ShouldBe(
            [("2026-01", PartitionStatus.UpToDate), ("2026-02", PartitionStatus.UpToDate), ("2026-03", PartitionStatus.Loaded)]);
        stage.Query<string>("select day from invoice order by 1").ShouldBe(["2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31"]);
        Should.Throw<PipelineException>(() => stage.Planner.PlanOne("invoices", "2026-04")).Kind.ShouldBe(FailureKind.Window);
    }

    [Fact]
    public async Task S11_Quarters_and_years_are_planned_when_they_have_ended_and_given_to_steps()
    {
        using var stage = new Stage(new DateTimeOffset(2026, 4, 1, 4, 59, 59, TimeSpan.Zero));
        stage.AddPipeline<ClosingsPipeline>();
        stage.AddPipeline<BalancesPipeline>();
        Feed.Set<Bill>(quarter => [new Bill(((QuarterPartition)quarter).FirstDate, 1), new Bill(((QuarterPartition)quarter).FirstDate.AddMonths(3).AddDays(-1), 2)]);

        (await stage.BackfillAsync(new BackfillRequest(["closings"]))).Select(result => result.Planned.Partition.Key).ShouldBe(["2025-Q4"]);
        stage.Clock.Now = stage.Clock.Now.AddSeconds(1);
        IReadOnlyList<PartitionResult> later = await stage.BackfillAsync(new BackfillRequest(["closings"]) { From = "2026-Q1", To = "2026-Q1" });
        (await stage.BackfillAsync(new BackfillRequest(["balances"]))).Select(result => result.Planned.Partition.Key).ShouldBe(["2024", "2025"]);

        later.Select(result => (result.Planned.Partition.Key, result.Status, result.Counts.Dropped)).ShouldBe([("2026-Q1", PartitionStatus.Loaded, 1)]);
        stage.Query<string>("select day from closing order by 1").ShouldBe(["2025-10-01", "2025-12-31", "2026-01-01"]);
        stage.Query<string>("select day from balance order by 1").ShouldBe(["2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31"]);
    }
}
