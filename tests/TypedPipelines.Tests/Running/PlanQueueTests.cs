using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

public sealed class PlanQueueTests
{
    private static readonly Lines Orders = new("orders") { Loads = LoadStrategy.ReplacePartition };
    private static readonly Lines Totals = new("totals") { Loads = LoadStrategy.ReplacePartition };
    private static readonly Lines Report = new("report") { Loads = LoadStrategy.ReplacePartition };

    [Fact]
    public void For_one_worker_the_order_is_the_plan_s()
    {
        PipelineRegistration orders = Pipelines.Named("orders", PartitionScheme.Daily("2024-01-01"), Orders);
        PipelineRegistration totals = Pipelines.Named("totals", PartitionScheme.Daily("2024-01-01"), Totals, [Orders]);
        PlannedPartition[] plan = [Day(orders, 1), Day(orders, 2), Day(totals, 1), Day(totals, 2)];
        var queue = new PlanQueue(plan, new PipelineCatalog([totals, orders]));
        foreach (PlannedPartition expected in plan)
        {
            queue.TryTake(out PlannedPartition? planned).ShouldBeTrue();
            planned.ShouldBe(expected);
            queue.End(planned);
        }

        queue.TryTake(out _).ShouldBeFalse();
        queue.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void A_pipeline_begins_when_all_have_ended_that_it_reads_also_by_way_of_one_that_has_nothing_to_load()
    {
        PipelineRegistration orders = Pipelines.Named("orders", PartitionScheme.Daily("2024-01-01"), Orders);
        PipelineRegistration totals = Pipelines.Named("totals", PartitionScheme.Daily("2024-01-01"), Totals, [Orders]);
        PipelineRegistration report = Pipelines.Named("report", PartitionScheme.Daily("2024-01-01"), Report, [Totals]);
        var queue = new PlanQueue([Day(orders, 1), Day(orders, 2), Day(report, 1)], new PipelineCatalog([totals, orders, report]));
        PlannedPartition first = Take(queue)!;
        PlannedPartition second = Take(queue)!;
        (first.Partition.Key, second.Partition.Key).ShouldBe(("2024-01-01", "2024-01-02"));
        Take(queue).ShouldBeNull();
        queue.End(first);
        Take(queue).ShouldBeNull();
        queue.IsDone.ShouldBeFalse();
        queue.End(second);
        Take(queue)!.Pipeline.ShouldBe(report);
        queue.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Where_order_matters_one_partition_waits_for_the_other_and_other_pipelines_for_none()
    {
        PipelineRegistration customers = Pipelines.Named("customers", PartitionScheme.Daily("2024-01-01"), Merged());
        PipelineRegistration orders = Pipelines.Named("orders", PartitionScheme.Daily("2024-01-01"), Orders);
        var queue = new PlanQueue([Day(customers, 1), Day(customers, 2), Day(orders, 1)], new PipelineCatalog([customers, orders]));
        PlannedPartition first = Take(queue)!;
        first.ShouldBe(Day(customers, 1));
        Take(queue).ShouldBe(Day(orders, 1));
        Take(queue).ShouldBeNull();
        queue.End(first);
        Take(queue).ShouldBe(Day(customers, 2));
    }

    [Fact]
    public void A_queue_that_is_closed_gives_nothing()
    {
        PipelineRegistration orders = Pipelines.Named("orders", PartitionScheme.Daily("2024-01-01"), Orders);
        var queue = new PlanQueue([Day(orders, 1)], new PipelineCatalog([orders]));
        queue.Close();
        Take(queue).ShouldBeNull();
        queue.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Order_matters_where_a_later_load_builds_on_what_an_earlier_one_left()
    {
        LoadStrategy[] replacing = [LoadStrategy.ReplacePartition, LoadStrategy.Snapshot, LoadStrategy.ReplaceRun, LoadStrategy.ReplaceFile, LoadStrategy.Append];
        replacing.ShouldAllBe(strategy => !Matters(new Lines("t") { Loads = strategy }));
        Matters(Merged()).ShouldBeTrue();
        Matters(new Lines("t") { Loads = LoadStrategy.Merge, Newest = true }).ShouldBeFalse();
        Matters(new Lines("t") { Loads = LoadStrategy.Merge, Newest = true, Marked = true }).ShouldBeTrue("what is deleted leaves no version behind");
        Matters(new Lines("t") { Loads = LoadStrategy.Merge, Newest = true, Missing = new DeleteLimits(false, 1) }).ShouldBeTrue("what is missing in one is there in another");
        Matters(new Lines("t") { Loads = LoadStrategy.History }).ShouldBeTrue();
        LoadOrder.Matters(Pipelines.Named("p", PartitionScheme.Daily("2024-01-01"), Orders, [Orders]).Descriptor).ShouldBeTrue("it reads what it has loaded so far");
    }

    private static bool Matters(TableContract contract) => LoadOrder.Matters(Pipelines.Named("p", PartitionScheme.Daily("2024-01-01"), contract).Descriptor);

    private static PlannedPartition? Take(PlanQueue queue) => queue.TryTake(out PlannedPartition? planned) ? planned : null;

    private static PlannedPartition Day(PipelineRegistration pipeline, int day) =>
        new(pipeline, pipeline.Descriptor.Partitions.Parse($"2024-01-0{day}"), PlanReason.Missing);

    private static Lines Merged() => new("customers") { Loads = LoadStrategy.Merge };
}
