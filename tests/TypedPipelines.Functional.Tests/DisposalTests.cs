using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>The object of a pipeline goes away with its run, before anything is published.</summary>
public sealed class DisposalTests
{
    private readonly Diary _diary = new();

    [Fact]
    public async Task The_object_of_a_run_is_disposed_before_its_rows_are_published()
    {
        using Stage stage = New();
        Feed.Give(new Held(1));
        (await stage.RunAsync("held")).Failure.ShouldBeNull();
        _diary.Published = () => stage.Table("held_row");
        Feed.Give(new Held(2));

        (await stage.RunAsync("held")).Failure.ShouldBeNull();

        _diary.Lines.ShouldBe(["disposed, published ''", "disposed, published '1'"]);
        stage.Table("held_row").ShouldBe("2");
    }

    [Fact]
    public async Task One_that_waits_is_awaited_and_nothing_else_of_it_is_called()
    {
        using Stage stage = New();
        Feed.Give(new Held(1));
        (await stage.RunAsync("awaited")).Failure.ShouldBeNull();
        _diary.Lines.ShouldBe(["read", "disposed"]);
    }

    [Fact]
    public async Task A_run_that_fails_disposes_it_too_and_tells_why_it_failed()
    {
        using Stage stage = New();
        _diary.Fault = new InvalidOperationException("the connection is gone");
        Feed.Give(new Held(-1));

        PipelineException failure = (await stage.RunAsync("held")).Failure.ShouldNotBeNull();

        failure.What.ShouldContain("is negative");
        _diary.Lines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_cannot_be_disposed_fails_the_run_and_nothing_is_published()
    {
        using Stage stage = New();
        Feed.Give(new Held(1));
        _diary.Fault = new InvalidOperationException("the buffer cannot be sent");

        PartitionResult result = await stage.RunAsync("held");

        result.Status.ShouldBe(PartitionStatus.Failed);
        result.Failure!.Kind.ShouldBe(FailureKind.Step);
        result.Failure.What.ShouldBe("HeldPipeline.Dispose threw InvalidOperationException: the buffer cannot be sent");
        result.Failure.Next.ShouldStartWith("Nothing was changed.");
        stage.Table("held_row").ShouldBeEmpty();
    }

    [Fact]
    public async Task Services_of_the_run_end_before_the_publish_and_fail_it_as_the_object_does()
    {
        using Stage stage = New();
        Feed.Give(new Held(1));
        (await stage.RunAsync("leased")).Failure.ShouldBeNull();
        _diary.Fault = new InvalidOperationException("gone");
        Feed.Give(new Held(2));

        PartitionResult result = await stage.RunAsync("leased");

        result.Failure!.What.ShouldBe("a service of the run of pipeline leased could not be disposed: InvalidOperationException: gone");
        stage.Table("leased_row").ShouldBe("1");
    }

    private Stage New()
    {
        var stage = new Stage();
        stage.Services.AddSingleton(_diary);
        stage.Services.AddScoped<Lease>();
        stage.AddPipeline<HeldPipeline>();
        stage.AddPipeline<AwaitedPipeline>();
        stage.AddPipeline<LeasedPipeline>();
        return stage;
    }
}
