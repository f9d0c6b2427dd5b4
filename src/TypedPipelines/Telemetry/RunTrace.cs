using System.Diagnostics;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Telemetry;

/// <summary>The span of one run of a partition, with one for what leads to the staged rows and one for their publish; and what is measured of it.</summary>
internal sealed class RunTrace
{
    private static readonly ActivitySource Source = new(PipelineTelemetry.SourceName, typeof(RunTrace).Assembly.GetName().Version?.ToString(3));

    private readonly string _pipeline;
    private readonly string _system;
    private readonly Activity? _run;

    private RunTrace(string pipeline, string system, Activity? run)
    {
        _pipeline = pipeline;
        _system = system;
        _run = run;
    }

    internal static RunTrace Begin(PlannedPartition planned, RunIdentity run, string destination)
    {
        string system = RunTags.SystemOf(destination);
        Activity? activity = Source.StartActivity($"run {run.Pipeline}");
        activity?
            .SetTag(RunTags.Pipeline, run.Pipeline)
            .SetTag(RunTags.Partition, run.Partition.Key)
            .SetTag(RunTags.RunId, run.RunId.ToString())
            .SetTag(RunTags.Reason, planned.Reason.ToString())
            .SetTag(RunTags.DatabaseSystem, system);
        RunMeter.Begin(run.Pipeline);
        return new RunTrace(run.Pipeline, system, activity);
    }

    /// <summary>Sources and steps, up to the staged rows: they run as one loop, so a span of each would be a lie; their rows are an event of each.</summary>
    internal async Task StageAsync(Func<Task> run, IEnumerable<StepCount> steps)
    {
        using Activity? stage = Source.StartActivity($"stage {_pipeline}");
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(stage, e);
            throw;
        }
        finally
        {
            RunMeter.Count(_pipeline, steps);
            foreach (StepCount step in stage is null ? [] : steps)
            {
                stage!.AddEvent(new ActivityEvent("step", tags: new ActivityTagsCollection
                {
                    [RunTags.Step] = step.Name, ["typedpipelines.rows_in"] = step.In, ["typedpipelines.rows_out"] = step.Out,
                }));
            }
        }
    }

    internal async Task<IReadOnlyList<LoadedTable>> PublishAsync(IPartitionSession session, PipelineDescriptor pipeline, RunEnd end, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using Activity? publish = Source.StartActivity($"publish {_pipeline}", ActivityKind.Client);
        publish?
            .SetTag(RunTags.DatabaseSystem, _system)
            .SetTag(RunTags.DatabaseOperation, "publish")
            .SetTag(RunTags.DatabaseCollection, string.Join(", ", pipeline.Loads.Select(load => load.Contract.DisplayName)));
        try
        {
            return await session.PublishAsync(end, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(publish, e);
            throw;
        }
        finally
        {
            RunMeter.Published(_pipeline, Stopwatch.GetElapsedTime(started));
        }
    }

    internal void End(PartitionResult result, DateTimeOffset endedAt)
    {
        RunMeter.End(result, endedAt);
        if (_run is null)
        {
            return;
        }

        _run.SetTag(RunTags.Outcome, RunTags.OutcomeOf(result.Status))
            .SetTag("typedpipelines.rows_read", result.Counts.Read)
            .SetTag("typedpipelines.rows_loaded", result.Counts.Loaded)
            .SetTag("typedpipelines.rows_dropped", result.Counts.Dropped)
            .SetTag("typedpipelines.rows_rejected", result.Counts.Rejected);
        if (result.Failure is { } failure)
        {
            Fail(_run, failure);
        }

        _run.Dispose();
    }

    /// <summary>The kind alone: a message can have values of a row in it, and traces go to where rows do not.</summary>
    private static void Fail(Activity? activity, Exception exception)
    {
        string kind = exception switch
        {
            PipelineException known => known.Kind.ToString(),
            OperationCanceledException => nameof(FailureKind.Cancelled),
            _ => exception.GetType().FullName!,
        };
        activity?.SetTag(RunTags.ErrorType, kind).SetStatus(ActivityStatusCode.Error, kind);
    }
}
