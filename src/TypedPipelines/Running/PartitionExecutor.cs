using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Telemetry;

namespace TypedPipelines.Running;

/// <summary>Runs one partition: lock, stage, account, publish. It keeps no state between partitions.</summary>
internal sealed class PartitionExecutor(
    PipelineCatalog catalog, IDestination destination, TimeProvider clock, ILoggerFactory loggers, RunOptions options, IServiceProvider? services = null)
{
    private readonly Dependents _dependents = new(catalog);
    private readonly RunListeners _listeners = new(services, loggers.CreateLogger(RunLog.Notices));
    private readonly ILogger _log = loggers.CreateLogger("TypedPipelines.Run");

    /// <param name="planned">The partition.</param>
    /// <param name="reads">What it reads of other pipelines' tables, as the ledger has it.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    internal async Task<PartitionResult> RunAsync(
        PlannedPartition planned, IReadOnlyList<ReadPartitions> reads, IRunObserver observer, CancellationToken cancellationToken)
    {
        var identity = new RunIdentity(Guid.CreateVersion7(), planned.Pipeline.Descriptor.Name, planned.Partition, clock.GetUtcNow());
        RunTrace trace = RunTrace.Begin(planned, identity, destination.Name);
        var notice = new RunNotice(planned, identity.RunId, identity.StartedAt, destination);
        await _listeners.StartedAsync(notice, cancellationToken).ConfigureAwait(false);
        PartitionResult result = await RunAsync(planned, identity, reads, observer, trace, cancellationToken).ConfigureAwait(false);
        DateTimeOffset endedAt = clock.GetUtcNow();
        trace.End(result, endedAt);
        await _listeners.EndedAsync(notice, result, endedAt).ConfigureAwait(false);
        return result;
    }

    private async Task<PartitionResult> RunAsync(
        PlannedPartition planned, RunIdentity identity, IReadOnlyList<ReadPartitions> reads, IRunObserver observer, RunTrace trace, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        PipelineDescriptor pipeline = planned.Pipeline.Descriptor;
        PartitionRun? run = null;
        IReadOnlyList<LoadedTable> tables = [];
        PartitionStatus status = PartitionStatus.Loaded;
        PipelineException? failure = null;
        RowCounts counts = default;
        IReadOnlyList<CheckResult> checks = [];
        try
        {
            await using IPartitionSession session = await destination.BeginAsync(identity, options.LockWait, cancellationToken).ConfigureAwait(false);
            string? content = await ContentOfAsync(planned.Partition, cancellationToken).ConfigureAwait(false);
            if (!planned.RunsWhenComplete
                && Planner.ReasonOf(session.Before) == PlanReason.UpToDate
                && session.Before!.ContentHash == content
                && !(planned.RunsForLogic && LogicCheck.IsChanged(session.Before, pipeline.Logic)))
            {
                // Another process loaded it while this one waited for the lock.
                await session.FailAsync(End(RunOutcome.Superfluous, identity, planned, default, [], null), CancellationToken.None).ConfigureAwait(false);
                return new PartitionResult(planned, PartitionStatus.UpToDate, null, default, [], Stopwatch.GetElapsedTime(started), null);
            }

            if (planned.SameContentAs is { } twin)
            {
                RunLog.SameContent(loggers.CreateLogger(RunLog.Notices), pipeline.Name, planned.Partition.Key, twin);
            }

            var context = new RunContext(
                identity.RunId, pipeline.Name, planned.Partition, identity.StartedAt, loggers.CreateLogger($"TypedPipelines.Pipeline.{pipeline.Name}"));
            var objects = new RunObjects(pipeline.Name, services);
            run = new PartitionRun(pipeline, context, session, new ReadProgress(planned, observer), objects, new FileWatch(options.FileQuiet), cancellationToken);
            CheckRun? judge = CheckRun.AreDeclared(pipeline) ? new CheckRun(pipeline, context, run.Loads, destination.Ledger) : null;
            try
            {
                await trace.StageAsync(() => planned.Pipeline.RunAsync(run, cancellationToken), run.Steps.Values).ConfigureAwait(false);
                await objects.EndAsync().ConfigureAwait(false);
                RunAccounting.Verify(pipeline, run);
                run.Files?.CheckUnchanged();
                RunMeter.ReadFiles(pipeline.Name, run.Files);
                await CheckUnchangedAsync(planned.Partition, content, cancellationToken).ConfigureAwait(false);
                RunEnd end = End(RunOutcome.Succeeded, identity, planned, run.Counts, run.Rejects, null) with
                {
                    ContentHash = content,
                    LeftOut = run.LeftOut,
                    Logic = pipeline.Logic,
                    Judge = judge,
                    MayResolveRejects = session.Before is { } before && (before.Counts.Rejected > 0 || before.State == PartitionState.Failed),
                    Reads = reads,
                    Restates = _dependents.Of(planned),
                    RestatesRows = _dependents.RowsOf(planned),
                    ComesLater = Dependents.After(pipeline, planned.Partition),
                };
                tables = await trace.PublishAsync(session, pipeline, end, cancellationToken).ConfigureAwait(false);
                counts = LoadedTable.Count(run.Counts, tables);
                checks = judge?.Results ?? [];
            }
            catch (Exception e)
            {
                (status, failure) = Explain(e, cancellationToken);
                await EndAfterFailureAsync(objects, planned).ConfigureAwait(false);
                counts = run.Counts with { Loaded = 0 };
                RunOutcome outcome = status == PartitionStatus.Cancelled ? RunOutcome.Cancelled : RunOutcome.Failed;
                checks = judge?.After(status == PartitionStatus.Cancelled ? "the run was cancelled" : "the run failed before") ?? [];
                await session.FailAsync(End(outcome, identity, planned, counts, run.Rejects, failure) with { Checks = checks }, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // The run could not begin or could not be noted; an earlier failure is the one worth telling.
            (PartitionStatus after, PipelineException? cause) = Explain(e, cancellationToken);
            (status, failure) = failure is null ? (after, cause) : (status, failure);
        }

        var result = new PartitionResult(planned, status, identity.RunId, counts, tables, Stopwatch.GetElapsedTime(started), failure, run?.Rejects.FirstOrDefault())
        {
            Checks = checks,
        };
        RunLog.Write(_log, result);
        return result;
    }

    /// <summary>Why the run failed is what is told; that its objects could not be ended either is a line in the log.</summary>
    private async ValueTask EndAfterFailureAsync(RunObjects objects, PlannedPartition planned)
    {
        try
        {
            await objects.EndAsync().ConfigureAwait(false);
        }
        catch (PipelineException e)
        {
            RunLog.NotEnded(_log, planned.Pipeline.Descriptor.Name, planned.Partition.Key, e.What);
        }
    }

    internal static PipelineException WasCancelled() => new(FailureKind.Cancelled, "the run was cancelled", "Nothing was changed; run it again to go on.");

    private RunEnd End(
        RunOutcome outcome, RunIdentity run, PlannedPartition planned, RowCounts counts, IReadOnlyList<Reject> rejects, PipelineException? failure)
    {
        bool open = planned.Partition.HasWindow && planned.Partition.End > run.StartedAt;
        return new RunEnd(outcome, open, clock.GetUtcNow(), counts, rejects, failure?.Kind, failure?.Message);
    }

    /// <summary>The hash of a file that is not being written to any more; null for a partition that is no file.</summary>
    private async Task<string?> ContentOfAsync(Partition partition, CancellationToken cancellationToken)
    {
        if (partition is not FilePartition file)
        {
            return null;
        }

        await FileWatch.WaitUntilQuietAsync(file.Path, file.FullPath, options.FileQuiet, cancellationToken).ConfigureAwait(false);
        return await FileContent.HashAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CheckUnchangedAsync(Partition partition, string? content, CancellationToken cancellationToken)
    {
        if (partition is FilePartition file && await FileContent.HashAsync(file, cancellationToken).ConfigureAwait(false) != content)
        {
            throw FileWatch.Growing(file.Path, "while it was read");
        }
    }

    private static (PartitionStatus Status, PipelineException Failure) Explain(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        PipelineException known => (PartitionStatus.Failed, known),
        OperationCanceledException when cancellationToken.IsCancellationRequested => (PartitionStatus.Cancelled, WasCancelled()),
        _ => (
            PartitionStatus.Failed,
            new PipelineException(
                FailureKind.Unexpected,
                $"{exception.GetType().Name}: {exception.Message.TrimEnd('.')}",
                "Nothing was changed. --verbose shows the stack trace; if it points into TypedPipelines, please report it.",
                exception)),
    };

    private sealed class ReadProgress(PlannedPartition planned, IRunObserver observer) : IProgress<long>
    {
        public void Report(long value) => observer.RowsRead(planned, value);
    }
}
