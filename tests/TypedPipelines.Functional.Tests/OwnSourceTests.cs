using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>A source that a user wrote takes part like those of the package: its rows, its rejects and its limit.</summary>
public sealed class OwnSourceTests
{
    [Fact]
    public async Task Rows_are_loaded_and_rejects_kept_with_their_place()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give("1=a", "x=b", "3=c");

        PartitionResult result = await stage.RunAsync("signals");

        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new RowCounts(Read: 3, Loaded: 2, Dropped: 0, Rejected: 1));
        result.FirstReject!.Describe().ShouldBe("wire:2: column Id = 'x' is no number");
        stage.Table("loaded_signal").ShouldBe("1|a\n3|c");
    }

    [Fact]
    public async Task More_rejects_than_declared_stop_the_run_and_change_nothing()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give<string>("1=a");
        (await stage.RunAsync("signals")).Failure.ShouldBeNull();

        Feed.Give("2=b", "x", "y");
        PartitionResult result = await stage.RunAsync("signals");

        result.Failure!.Kind.ShouldBe(FailureKind.RejectLimit);
        result.Failure.What.ShouldContain("source Wire rejected 2 of 3 rows");
        stage.Table("loaded_signal").ShouldBe("1|a");
    }
}
