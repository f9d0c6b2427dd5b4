using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Whole-set steps that ask for their rows asynchronously get them while they are read.</summary>
public sealed class StreamedStepTests
{
    public StreamedStepTests() => TicksPipeline.Watch = default;

    [Fact]
    public async Task A_step_sees_the_first_rows_before_the_last_are_read_and_every_row_is_accounted_for()
    {
        using Stage stage = WithTicks();
        Feed.Give(Enumerable.Range(1, 50_000).Select(id => new Tick(id, id % 100 == 0 ? -1 : id / 10_000)));

        PartitionResult result = await stage.RunAsync("ticks");

        result.Failure.ShouldBeNull();
        TicksPipeline.Watch.ReadAtFirst.ShouldBe(RowBatch<Tick>.Capacity);
        stage.Table("tick_row", "count(*), sum(value)").ShouldBe($"49500|{Enumerable.Range(1, 50_000).Where(id => id % 100 != 0).Sum(id => id / 10_000)}");
        stage.Table("change_row").ShouldBe("10001|1\n20001|1\n30001|1\n40001|1");
        stage.Table("change_total").ShouldBe("-1|0\n1|4");
        result.Counts.ShouldBe(new RowCounts(Read: 50_000, Loaded: 49_506, Dropped: 500, Rejected: 0));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("never")]
    public async Task Rows_that_a_step_leaves_are_read_and_loaded_where_else_they_go(string how)
    {
        using Stage stage = WithTicks();
        Feed.Give(Enumerable.Range(1, 10_000).Select(id => new Tick(id, id)));
        TicksPipeline.Watch.How = how;

        PartitionResult result = await stage.RunAsync("ticks");

        result.Failure.ShouldBeNull();
        stage.Table("tick_row", "count(*)").ShouldBe("10000");
        stage.Table("change_row").ShouldBe("");
        result.Counts.Read.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("swallow")]
    public async Task What_the_stage_before_throws_fails_the_run_even_where_the_step_catches_it(string how)
    {
        using Stage stage = WithTicks();
        Feed.Give(Enumerable.Range(1, 6_000).Select(id => new Tick(id, id == 5_000 ? int.MinValue : id)));
        TicksPipeline.Watch.How = how;

        PartitionResult result = await stage.RunAsync("ticks");

        result.Failure!.What.ShouldBe("source Landing failed after 4999 rows: InvalidOperationException: the feed broke");
        stage.Table("tick_row").ShouldBe("");
    }

    [Fact]
    public async Task Rows_that_come_as_they_are_read_are_gone_through_once()
    {
        using Stage stage = WithTicks();
        Feed.Give(Enumerable.Range(1, 10).Select(id => new Tick(id, id)));
        TicksPipeline.Watch.How = "twice";

        PartitionResult result = await stage.RunAsync("ticks");

        result.Failure!.Message.ShouldBe(
            "step Compare goes through its rows a second time, and they are gone: they come as they are read. Take them as IEnumerable, which holds them all, or keep what is needed of them.");
        result.Status.ShouldBe(PartitionStatus.Failed);
    }

    [Fact]
    public async Task A_step_before_a_lookup_of_the_same_rows_waits_until_all_are_known()
    {
        using Stage stage = WithTicks();
        Feed.Give(Enumerable.Range(1, 5_000).Select(id => new Tick(id, id * 2)));

        (await stage.RunAsync("moves")).Failure.ShouldBeNull();

        stage.Table("move_row", "sum(next)").ShouldBe($"{(Enumerable.Range(2, 4_999).Sum() * 2) - 1}");
    }

    private static Stage WithTicks()
    {
        var stage = new Stage();
        stage.AddPipeline<TicksPipeline>();
        stage.AddPipeline<MovesPipeline>();
        return stage;
    }
}
