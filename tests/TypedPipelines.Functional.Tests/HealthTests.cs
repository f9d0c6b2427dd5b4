using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;

namespace TypedPipelines.Functional.Tests;

/// <summary>What a host's health endpoint says of pipelines.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task It_is_healthy_until_something_has_failed_or_is_late_and_again_once_it_is_loaded()
    {
        using Stage stage = NewStage();
        (await AskAsync(stage)).Status.ShouldBe(HealthStatus.Healthy);

        Feed.Give<RawTide>();
        await stage.RunAsync("tides", "2026-02-27");
        HealthCheckResult failed = await AskAsync(stage);
        failed.Status.ShouldBe(HealthStatus.Degraded);
        failed.Description.ShouldBe("tides: 1 failed, 0 late");
        failed.Data["tides.failed"].ShouldBe(1);

        stage.Clock.Now = new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
        (await AskAsync(stage)).Description.ShouldBe("tides: 1 failed, 2 late");

        Feed.Set<RawTide>(partition => [new RawTide(partition.Window.StartDate, 1, 5)]);
        await stage.RunAsync("tides", "2026-02-27");
        await stage.RunAsync("tides", "2026-02-28");
        (await AskAsync(stage)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task It_is_unhealthy_where_the_ledger_cannot_be_read_and_does_not_say_where_that_is()
    {
        using Stage stage = NewStage();
        Feed.Set<RawTide>(partition => [new RawTide(partition.Window.StartDate, 1, 5)]);
        await stage.RunAsync("tides", "2026-02-27");
        stage.Execute("alter table tp_partition rename to moved");
        HealthCheckResult result = await AskAsync(stage);
        result.Status.ShouldBe(HealthStatus.Unhealthy);
        result.Description.ShouldBe("the ledger cannot be read");
        result.Exception.ShouldBeNull();
    }

    private static Stage NewStage()
    {
        var stage = new Stage(new DateTimeOffset(2026, 2, 28, 1, 0, 0, TimeSpan.Zero));
        stage.AddPipeline<TidesPipeline>();
        return stage;
    }

    private static Task<HealthCheckResult> AskAsync(Stage stage) => new PipelineHealthCheck(stage.Catalog, stage.Destination, stage.Clock).CheckHealthAsync(new HealthCheckContext());
}
