using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Legal and odd code, run: generated code calls what was marked, and nothing that looks like it.</summary>
public sealed class OddCodeTests
{
    [Fact]
    public async Task Values_of_a_constructor_keep_their_defaults_and_the_marked_overloads_are_called()
    {
        using var stage = new Stage();
        stage.AddPipeline<CallsPipeline>();
        Feed.Give(new Call(0, "a"), new Call(1, "b"), new Call(3, "c"));

        PartitionResult result = await stage.RunAsync("calls");

        result.Failure.ShouldBeNull();
        stage.Table("call_row", "id, note, sure, by").ShouldBe("1|re: b0||clock");
    }
}
