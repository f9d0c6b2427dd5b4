using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Generated loops keep no note of rows on their way, and yet each row that fails is told by the row it was made of.</summary>
public sealed class RowOriginTests
{
    [Fact]
    public async Task A_rejected_row_has_the_place_of_the_row_it_was_made_of_behind_steps_that_drop()
    {
        using Stage stage = Sieve(new(1, 0), new(2, 101), new(3, 2), new(4, 0), new(5, 20), new(6, 200), new(7, 3));

        PartitionResult result = await stage.RunAsync("sieve");

        result.Failure.ShouldBeNull();
        stage.Table("coarse_grain", "id").ShouldBe("5");
        (await RejectsAsync(stage)).ShouldBe(["coarse_grain Sand:2", "coarse_grain Sand:6"]);
    }

    [Fact]
    public async Task A_batch_is_told_from_the_one_before_it()
    {
        using Stage stage = Sieve([.. Enumerable.Range(1, RowBatch<Grain>.Capacity + 10).Select(id => new Grain(id, id == 4097 || id % 2 == 0 ? 0 : id == 4101 ? 1001 : 10))]);

        (await stage.RunAsync("sieve")).Failure.ShouldBeNull();

        (await RejectsAsync(stage)).ShouldBe(["coarse_grain Sand:4101"]);
    }

    [Theory]
    [InlineData(-1, "step Ground failed at Sand:2 on the row Grain { Id = 2, Size = -1 }: FormatException: no size")]
    [InlineData(5, "step IsEven failed at Sand:2 on the row Grain { Id = 2, Size = 5 }: TimeoutException: the scales are asleep")]
    public async Task Of_steps_inside_each_other_the_one_that_failed_is_named_once(int size, string message)
    {
        using Stage stage = Sieve(new(1, 1), new(2, size));
        (await stage.RunAsync("sieve")).Failure!.What.ShouldBe(message);
    }

    private static Stage Sieve(params Grain[] sand)
    {
        var stage = new Stage();
        stage.AddPipeline<SievePipeline>();
        Feed.Give(sand);
        return stage;
    }

    private static async Task<IEnumerable<string>> RejectsAsync(Stage stage) =>
        from entry in await stage.Ledger.GetRejectsAsync("sieve", null, 10, CancellationToken.None)
        orderby entry.Reject.Line
        select $"{entry.Reject.Source} {entry.Reject.Origin}:{entry.Reject.Line}";
}
