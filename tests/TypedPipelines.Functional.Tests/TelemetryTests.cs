using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;
using TypedPipelines.Telemetry;

namespace TypedPipelines.Functional.Tests;

/// <summary>What a listener hears of runs. Names are held here, because dashboards are built on them.</summary>
public sealed class TelemetryTests
{
    private static readonly DateOnly Day = new(2026, 2, 27);

    [Fact]
    public async Task A_run_is_a_span_with_one_for_staging_and_one_for_the_publish()
    {
        (List<Activity> spans, _, PartitionResult result) = await ListenAsync(new Measured("a", Day, 1), new Measured("b", Day, -1), new Measured("c", Day, 4));

        spans.Select(span => span.DisplayName).ShouldBe(["stage traced", "publish traced", "run traced"]);
        Activity run = spans[2];
        spans[..2].ShouldAllBe(span => span.ParentSpanId == run.SpanId);
        run.Status.ShouldBe(ActivityStatusCode.Unset);
        run.TagObjects.ToDictionary(static tag => tag.Key, static tag => tag.Value).ShouldBe(
            new Dictionary<string, object?>
            {
                ["typedpipelines.pipeline"] = "traced",
                ["typedpipelines.partition"] = "2026-02-27",
                ["typedpipelines.run_id"] = result.RunId.ToString(),
                ["typedpipelines.plan_reason"] = "Asked",
                ["typedpipelines.outcome"] = "loaded",
                ["typedpipelines.rows_read"] = 3L,
                ["typedpipelines.rows_loaded"] = 2L,
                ["typedpipelines.rows_dropped"] = 1L,
                ["typedpipelines.rows_rejected"] = 0L,
                ["db.system.name"] = "sqlite",
            },
            ignoreOrder: true);
        spans[0].Events.Select(static each => string.Join(' ', each.Tags.Select(static tag => tag.Value))).ShouldBe(["All 3 3", "Keep 3 2"], ignoreOrder: true);
        spans[1].Kind.ShouldBe(ActivityKind.Client);
        spans[1].GetTagItem("db.collection.name").ShouldBe("measure");
    }

    [Fact]
    public async Task A_failure_is_told_by_its_kind_and_without_a_value_of_a_row()
    {
        (List<Activity> spans, List<string> measured, PartitionResult result) = await ListenAsync(new Measured("secret sensor", Day, 0));

        result.Failure!.What.ShouldContain("secret sensor");
        spans.Select(span => (span.DisplayName, span.Status, span.StatusDescription)).ShouldBe(
            [("stage traced", ActivityStatusCode.Error, "Step"), ("run traced", ActivityStatusCode.Error, "Step")]);
        spans[1].GetTagItem("error.type").ShouldBe("Step");
        spans.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(static each => each.Tags))).ShouldAllBe(tag => !$"{tag.Value}".Contains("secret", StringComparison.Ordinal));
        measured.ShouldContain(line => line.StartsWith("typedpipelines.run.duration{error.type=Step, typedpipelines.outcome=failed", StringComparison.Ordinal));
        measured.ShouldNotContain(line => line.StartsWith("typedpipelines.partition.lag", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_durations_and_lag_are_measured()
    {
        (_, List<string> measured, _) = await ListenAsync(new Measured("a", Day, 1), new Measured("b", Day, -1), new Measured("c", Day, 4));

        measured.Where(static line => !line.Contains(".duration", StringComparison.Ordinal)).ShouldBe(
            [
                "typedpipelines.run.active{typedpipelines.pipeline=traced} 1",
                "typedpipelines.step.rows{typedpipelines.direction=in, typedpipelines.pipeline=traced, typedpipelines.step=All} 3",
                "typedpipelines.step.rows{typedpipelines.direction=out, typedpipelines.pipeline=traced, typedpipelines.step=All} 3",
                "typedpipelines.step.rows{typedpipelines.direction=in, typedpipelines.pipeline=traced, typedpipelines.step=Keep} 3",
                "typedpipelines.step.rows{typedpipelines.direction=out, typedpipelines.pipeline=traced, typedpipelines.step=Keep} 2",
                "typedpipelines.run.active{typedpipelines.pipeline=traced} -1",
                "typedpipelines.run.rows{typedpipelines.pipeline=traced, typedpipelines.row_kind=read} 3",
                "typedpipelines.run.rows{typedpipelines.pipeline=traced, typedpipelines.row_kind=loaded} 2",
                "typedpipelines.run.rows{typedpipelines.pipeline=traced, typedpipelines.row_kind=dropped} 1",
                "typedpipelines.partition.lag{typedpipelines.pipeline=traced} 129600", // From the end of the 27th of February to noon on the 1st of March.
            ],
            ignoreOrder: true);
        measured.ShouldContain(static line => line.StartsWith("typedpipelines.run.duration{typedpipelines.outcome=loaded, typedpipelines.pipeline=traced} ", StringComparison.Ordinal));
        measured.ShouldContain(static line => line.StartsWith("typedpipelines.publish.duration{typedpipelines.pipeline=traced} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_size_of_files_is_measured_once_they_are_read_whole()
    {
        (_, List<string> measured, PartitionResult result) = await ListenAsync(stage => SalesAsync(stage, "Id,Total\n1,1.50\n2,12\n"));
        result.Failure.ShouldBeNull();
        measured.ShouldContain("typedpipelines.source.file.size{typedpipelines.pipeline=sales-of-files} 30"); // Of both files: 21 and 9.

        (_, measured, result) = await ListenAsync(stage => SalesAsync(stage, "Id,Total\n1,one\n"));
        result.Failure.ShouldNotBeNull();
        measured.ShouldNotContain(line => line.StartsWith("typedpipelines.source.file.size", StringComparison.Ordinal));

        static Task<PartitionResult> SalesAsync(Stage stage, string eu)
        {
            string file = stage.WriteFile("sales-20260101-eu.csv", eu);
            stage.WriteFile("sales-20260101-us.csv", "Id,Total\n");
            stage.AddPipeline<SalesOfFilesPipeline>();
            Feed.Give<string>(Path.GetDirectoryName(file)!);
            return stage.RunAsync("sales-of-files", "2026-01-01");
        }
    }

    /// <summary>Runs one partition, and hears what it tells; what other tests do at the same time is told apart by the trace and by the thread of execution.</summary>
    private static Task<(List<Activity> Spans, List<string> Measured, PartitionResult Result)> ListenAsync(params Measured[] rows) => ListenAsync(stage =>
    {
        stage.AddPipeline<TracedPipeline>();
        Feed.Give(rows);
        return stage.RunAsync("traced", "2026-02-27");
    });

    private static async Task<(List<Activity> Spans, List<string> Measured, PartitionResult Result)> ListenAsync(Func<Stage, Task<PartitionResult>> run)
    {
        var spans = new List<Activity>();
        var measured = new List<string>();
        var mine = new AsyncLocal<bool> { Value = true };
        using var test = new Activity("test");
        test.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PipelineTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => mine.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == test.TraceId)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(traces);
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == PipelineTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();

        using var stage = new Stage();
        PartitionResult result = await run(stage);
        return (spans, measured, result);

        void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (mine.Value)
            {
                string[] named = [.. tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)];
                measured.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instrument.Name}{{{string.Join(", ", named)}}} {value}"));
            }
        }
    }
}
