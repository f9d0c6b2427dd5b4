using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Telemetry;

/// <summary>What is counted and timed of runs. Names are stable: dashboards are built on them.</summary>
internal static class RunMeter
{
    /// <summary>From a hundredth of a second to an hour: the buckets that are usual for requests end at ten seconds.</summary>
    private static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] };

    /// <summary>From a minute to a month.</summary>
    private static readonly InstrumentAdvice<double> Lags = new() { HistogramBucketBoundaries = [60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000] };

    private static readonly Meter Meter = new(PipelineTelemetry.MeterName, typeof(RunMeter).Assembly.GetName().Version?.ToString(3));

    private static readonly UpDownCounter<long> Active =
        Meter.CreateUpDownCounter<long>("typedpipelines.run.active", "{run}", "Runs of partitions that are going on.");

    private static readonly Histogram<double> RunDuration =
        Meter.CreateHistogram("typedpipelines.run.duration", "s", "How long the run of a partition took, from the wait for its lock to its end.", advice: Durations);

    private static readonly Histogram<double> PublishDuration =
        Meter.CreateHistogram("typedpipelines.publish.duration", "s", "How long checking and publishing the staged rows took.", advice: Durations);

    private static readonly Counter<long> Rows =
        Meter.CreateCounter<long>("typedpipelines.run.rows", "{row}", "Rows that runs have read, loaded, dropped and rejected.");

    private static readonly Counter<long> StepRows =
        Meter.CreateCounter<long>("typedpipelines.step.rows", "{row}", "Rows that went into a source or step, and that came out of it.");

    private static readonly Counter<long> FileBytes =
        Meter.CreateCounter<long>("typedpipelines.source.file.size", "By", "The size of the files that runs have read whole.");

    private static readonly Histogram<double> Lag =
        Meter.CreateHistogram("typedpipelines.partition.lag", "s", "How long after the end of its window a partition was loaded.", advice: Lags);

    internal static void Begin(string pipeline) => Active.Add(1, Of(pipeline));

    internal static void End(PartitionResult result, DateTimeOffset endedAt)
    {
        string pipeline = result.Planned.Pipeline.Descriptor.Name;
        Active.Add(-1, Of(pipeline));
        var tags = new TagList { Of(pipeline), new(RunTags.Outcome, RunTags.OutcomeOf(result.Status)) };
        if (result.Failure is { } failure)
        {
            tags.Add(RunTags.ErrorType, failure.Kind.ToString());
        }

        RunDuration.Record(result.Elapsed.TotalSeconds, tags);
        Add(pipeline, "read", result.Counts.Read);
        Add(pipeline, "loaded", result.Counts.Loaded);
        Add(pipeline, "dropped", result.Counts.Dropped);
        Add(pipeline, "rejected", result.Counts.Rejected);
        if (result is { Status: PartitionStatus.Loaded, Planned.Partition: { HasWindow: true } partition } && endedAt > partition.End)
        {
            Lag.Record((endedAt - partition.End).TotalSeconds, Of(pipeline));
        }
    }

    /// <summary>Of files that have not changed while they were read: else nobody knows how much of them was.</summary>
    internal static void ReadFiles(string pipeline, FileWatch? files)
    {
        if (FileBytes.Enabled && files?.Bytes is > 0 and { } bytes)
        {
            FileBytes.Add(bytes, Of(pipeline));
        }
    }

    internal static void Published(string pipeline, TimeSpan elapsed) => PublishDuration.Record(elapsed.TotalSeconds, Of(pipeline));

    internal static void Count(string pipeline, IEnumerable<StepCount> steps)
    {
        if (!StepRows.Enabled)
        {
            return;
        }

        foreach (StepCount step in steps)
        {
            StepRows.Add(step.In, Of(pipeline), new(RunTags.Step, step.Name), new(RunTags.Direction, "in"));
            StepRows.Add(step.Out, Of(pipeline), new(RunTags.Step, step.Name), new(RunTags.Direction, "out"));
        }
    }

    private static void Add(string pipeline, string kind, long rows)
    {
        if (rows > 0)
        {
            Rows.Add(rows, Of(pipeline), new(RunTags.RowKind, kind));
        }
    }

    private static KeyValuePair<string, object?> Of(string pipeline) => new(RunTags.Pipeline, pipeline);
}
