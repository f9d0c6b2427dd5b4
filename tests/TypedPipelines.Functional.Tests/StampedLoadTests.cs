using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Strategies whose loads fill in what makes them re-runnable: the date of a snapshot, the key of a partition.</summary>
public sealed class StampedLoadTests
{
    [Fact]
    public async Task A_snapshot_is_stamped_with_its_date_and_replaced_by_it()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Stock("a", 1), new Stock("b", 2));
        await Loaded(stage, "stock", "2026-01-05");
        await Loaded(stage, "stock", "2026-01-06");
        Feed.Give(new Stock("a", 9) { AsOf = new DateOnly(2026, 1, 5) });
        await Loaded(stage, "stock", "2026-01-05");
        stage.Table("stock", "as_of, sku, quantity").ShouldBe("2026-01-05|a|9\n2026-01-06|a|1\n2026-01-06|b|2");
    }

    [Fact]
    public async Task A_snapshot_without_windows_is_of_the_day_on_which_the_run_started()
    {
        using var stage = new Stage(new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero));
        stage.AddPipelines();
        Feed.Give(new Headcount("core", 5));
        await Loaded(stage, "headcount");
        await Loaded(stage, "headcount");
        stage.Clock.Now = stage.Clock.Now.AddSeconds(1);
        Feed.Give(new Headcount("core", 6));
        await Loaded(stage, "headcount");
        stage.Table("headcount", "as_of, people").ShouldBe("2026-03-01|5\n2026-03-02|6");
    }

    [Fact]
    public async Task A_step_that_stamps_another_date_fails_the_run()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Stock("a", 9) { AsOf = new DateOnly(2026, 1, 4) });
        PartitionResult result = await stage.RunAsync("stock", "2026-01-05");
        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldContain("as_of of stock = 2026-01-04 is filled in by the load, with 2026-01-05 in this run; leave it out in the steps");
    }

    [Fact]
    public async Task Rows_without_a_key_are_replaced_by_the_partition_that_loaded_them()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new LogLine("one"), new LogLine("one"), new LogLine("it's"));
        await Loaded(stage, "log", "2026-01-01T05:00Z");
        await Loaded(stage, "log", "2026-01-01T06:00Z");
        Feed.Give(new LogLine("two"));
        (await Loaded(stage, "log", "2026-01-01T05:00Z")).Tables[0].Deleted.ShouldBe(3);
        stage.Table("log_line", "loaded_by, text").ShouldBe("2026-01-01T05:00Z|two\n2026-01-01T06:00Z|it's\n2026-01-01T06:00Z|one\n2026-01-01T06:00Z|one");
    }

    private static async Task<PartitionResult> Loaded(Stage stage, string pipeline, string? partition = null)
    {
        PartitionResult result = await stage.RunAsync(pipeline, partition);
        result.Failure.ShouldBeNull();
        return result;
    }
}
