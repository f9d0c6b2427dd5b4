using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Alerts;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Somebody is told of what fails, warns or is late: once, until it changes or is over, whichever process finds it.</summary>
public sealed class AlertTests
{
    private const string Day = "2026-02-27";

    private readonly Stage _stage = NewStage();

    [Fact]
    public async Task A_failure_is_told_once_by_whichever_process_until_it_changes_or_is_over()
    {
        (await ToldAsync(Rows())).Single().ShouldBe(new Alert(
            AlertReason.ActionNeeded,
            "tides",
            Day,
            $"tides {Day} failed (Check), and its tables are as they were. The check RowCount of tide: there are 0 rows (expected at least 1 row). Trying again does not help.",
            $"{Program} checks tides --partition {Day}")
        {
            Owner = "harbour <&> master",
            RunBook = new Uri("https://books.example/tides.md#" + RunBookPage.PlaceOf("tide", "RowCount")),
            RunId = _lastRun,
            At = _stage.Clock.Now,
        });
        (await ToldAsync(Rows())).ShouldBeEmpty("it is the same failure, and the next process knows");

        Alert other = (await ToldAsync(Rows(0))).Single();
        (other.Reason, other.Text, other.Command, other.Message).ShouldBe(
            (AlertReason.Failed, $"tides {Day} failed (Step), and its tables are as they were. Trying again may help.", $"{Program} retry tides", null));
        other.RunBook!.Fragment.ShouldBe("#failure-step");

        (await ToldAsync(Rows())).ShouldHaveSingleItem("it needs a hand again, and no longer only another try").Reason.ShouldBe(AlertReason.ActionNeeded);
        (await ToldAsync(Rows(5))).ShouldBeEmpty();
        (await ToldAsync(Rows())).ShouldHaveSingleItem("it was over, and is back").Reason.ShouldBe(AlertReason.ActionNeeded);
    }

    [Fact]
    public async Task A_check_that_warns_is_told_once_until_it_no_longer_does()
    {
        Alert told = (await ToldAsync(Rows(5, 200))).Single();
        told.Reason.ShouldBe(AlertReason.CheckWarning);
        told.Text.ShouldBe($"tides {Day} is loaded, and is to be looked at. The check IsBelowTheWall of tide: 1 of 2 rows break it (expected no row to break it).");
        told.Command.ShouldBe($"{Program} checks tides --partition {Day}");
        told.RunBook!.Fragment.ShouldBe("#" + RunBookPage.PlaceOf("tide", "IsBelowTheWall"));
        (await ToldAsync(Rows(7, 300))).ShouldBeEmpty();
        (await ToldAsync(Rows(7))).ShouldBeEmpty();
        (await ToldAsync(Rows(8, 300))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_row_says_is_sent_only_where_that_is_asked_for()
    {
        (await ToldAsync(Rows(0))).Single().ToString().ShouldNotContain("secret");
        using Stage other = NewStage();
        var sink = new Recording();
        await RunAsync(other, sink, Day, Rows(0), new AlertOptions { IncludeMessages = true });
        sink.Told.Single().Message.ShouldNotBeNull().ShouldContain("secret height");
    }

    [Fact]
    public async Task A_partition_that_was_due_is_told_once_at_the_end_of_a_plan_or_by_asking_until_it_is_loaded()
    {
        _stage.Clock.Now = new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
        IReadOnlyList<LatePartition> late = await LateAsync(out Recording first);
        late.Select(each => (each.Partition.Key, each.State)).ShouldBe([("2026-02-27", null), ("2026-02-28", null)]);
        first.Told.Select(alert => alert.Text).ShouldBe(
        [
            "tides 2026-02-27 is late: it was due 2026-02-28T06:00:00Z, and is missing.",
            "tides 2026-02-28 is late: it was due 2026-03-01T06:00:00Z, and is missing.",
        ]);
        first.Told[0].RunBook!.Fragment.ShouldBe("#late");
        first.Told[0].Command.ShouldBe($"{Program} plan tides --explain 2026-02-27");
        await LateAsync(out Recording second);
        second.Told.ShouldBeEmpty();

        _stage.Clock.Now = _stage.Clock.Now.AddDays(1);
        Recording sink = new();
        await RunAsync(_stage, sink, "2026-02-27", [new RawTide(new DateOnly(2026, 2, 27), 1, 5)]);
        sink.Told.Select(alert => (alert.Reason, alert.Partition)).ShouldBe([(AlertReason.Late, "2026-03-01")]);
        (await LateAsync(out _)).Select(each => each.Partition.Key).ShouldBe(["2026-02-28", "2026-03-01"]);

        Recording failing = new();
        await RunAsync(_stage, failing, "2026-02-28", []);
        failing.Told.ShouldHaveSingleItem("that it is late, too, says nothing new").Reason.ShouldBe(AlertReason.ActionNeeded);

        Task<IReadOnlyList<LatePartition>> LateAsync(out Recording told)
        {
            told = new Recording();
            return FindLateAsync(told);
        }
    }

    [Fact]
    public async Task What_nobody_got_is_tried_again_and_what_somebody_got_is_not()
    {
        await RunAsync(_stage, [new Broken()], Day, Rows());
        var sink = new Recording();
        await RunAsync(_stage, [new Broken(), sink], Day, Rows());
        sink.Told.ShouldHaveSingleItem();
        await RunAsync(_stage, [new Broken(), sink], Day, Rows());
        sink.Told.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_many_failures_some_are_told_and_one_alert_tells_how_many_more()
    {
        var sink = new Recording();
        _stage.Clock.Now = new DateTimeOffset(2026, 3, 7, 1, 0, 0, TimeSpan.Zero);
        List<PlannedPartition> plan = [.. new[] { "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06" }.Select(day => _stage.Planner.PlanOne("tides", day))];
        Feed.Set<RawTide>(_ => []);
        await RunAsync(_stage, [sink], plan, new AlertOptions { Most = 3 });
        sink.Told.Select(alert => alert.Partition).ShouldBe(["2026-02-27", "2026-02-28", "2026-03-01", null]);
        sink.Told[^1].Text.ShouldBe("5 more alerts of this run are not sent one by one.");
        await RunAsync(_stage, [sink], plan, new AlertOptions { Most = 3 });
        sink.Told.Count.ShouldBe(4, "the others are told, too, by that one");
    }

    [Fact]
    public async Task A_pipeline_that_the_destination_refuses_is_told_once_and_not_for_each_partition()
    {
        _stage.AddPipeline<PortsPipeline>();
        _stage.Clock.Now = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);
        _stage.Execute("create table tide (day text not null)");
        var sink = new Recording();
        Feed.Give(new Port("HAM", "Hamburg"));
        List<PlannedPartition> plan = [_stage.Planner.PlanOne("ports", null), _stage.Planner.PlanOne("tides", Day), _stage.Planner.PlanOne("tides", "2026-02-28")];
        await RunAsync(_stage, [sink], plan, new AlertOptions());
        Alert told = sink.Told.Where(alert => alert.Reason != AlertReason.Late).ShouldHaveSingleItem();
        (told.Reason, told.Pipeline, told.Partition).ShouldBe((AlertReason.ActionNeeded, "tides", null));
        told.Text.ShouldStartWith("tides cannot run (Schema)");
    }

    private static readonly string Program = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name!;

    private Guid? _lastRun;

    private static Stage NewStage()
    {
        var stage = new Stage(new DateTimeOffset(2026, 2, 28, 1, 0, 0, TimeSpan.Zero));
        stage.AddPipeline<TidesPipeline>();
        return stage;
    }

    private static IEnumerable<RawTide> Rows(params int[] heights) => heights.Select((height, i) => new RawTide(new DateOnly(2026, 2, 27), i + 1, height));

    /// <summary>Runs the day as a process of its own would, which knows of no other but by the ledger.</summary>
    private async Task<IReadOnlyList<Alert>> ToldAsync(IEnumerable<RawTide> rows)
    {
        var sink = new Recording();
        await RunAsync(_stage, sink, Day, rows);
        return sink.Told;
    }

    private Task RunAsync(Stage stage, IAlertSink sink, string partition, IEnumerable<RawTide> rows, AlertOptions? options = null)
    {
        Feed.Give(rows);
        return RunAsync(stage, [sink], [stage.Planner.PlanOne("tides", partition)], options);
    }

    private Task RunAsync(Stage stage, IAlertSink[] sinks, string partition, IEnumerable<RawTide> rows)
    {
        Feed.Give(rows);
        return RunAsync(stage, sinks, [stage.Planner.PlanOne("tides", partition)], null);
    }

    private async Task RunAsync(Stage stage, IAlertSink[] sinks, IReadOnlyList<PlannedPartition> plan, AlertOptions? options)
    {
        using ServiceProvider services = Services(stage, sinks, options);
        var runner = new PipelineRunner(stage.Catalog, stage.Destination, stage.Clock, NullLoggerFactory.Instance, new RunOptions { LockWait = TimeSpan.Zero }, services);
        _lastRun = (await runner.RunAsync(plan, stage, CancellationToken.None))[^1].RunId;
    }

    private async Task<IReadOnlyList<LatePartition>> FindLateAsync(IAlertSink sink)
    {
        using ServiceProvider services = Services(_stage, [sink], null);
        var runner = new PipelineRunner(_stage.Catalog, _stage.Destination, _stage.Clock, NullLoggerFactory.Instance, new RunOptions(), services);
        return await runner.FindLateAsync([.. _stage.Catalog.Pipelines.Select(pipeline => pipeline.Descriptor)], CancellationToken.None);
    }

    private static ServiceProvider Services(Stage stage, IAlertSink[] sinks, AlertOptions? options)
    {
        var builder = new Builder();
        foreach (IAlertSink sink in sinks)
        {
            builder.Services.AddSingleton(sink);
        }

        builder.UseAlerts(options ?? new AlertOptions { RunBooks = new Uri("https://books.example/") });
        return builder.Services.BuildServiceProvider();
    }

    private sealed class Builder : IPipelineBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }

    private sealed class Recording : IAlertSink
    {
        public string Name => "the test";

        internal List<Alert> Told { get; } = [];

        public Task SendAsync(Alert alert, CancellationToken cancellationToken)
        {
            Told.Add(alert);
            return Task.CompletedTask;
        }
    }

    private sealed class Broken : IAlertSink
    {
        public string Name => "a broken one";

        public Task SendAsync(Alert alert, CancellationToken cancellationToken) => throw new InvalidOperationException("https://hooks.example/s3cret");
    }
}
