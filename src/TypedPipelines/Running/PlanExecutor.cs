using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Carries out one plan: several workers each take the next partition that may begin, until none is left.</summary>
internal sealed class PlanExecutor(
    PipelineCatalog catalog, IDestination destination, PartitionExecutor executor, Readiness readiness, OneAtATime observer, int? maxFailures)
{
    private readonly UpstreamCheck _upstream = new(catalog, destination);
    private readonly Dependents _dependents = new(catalog);
    private readonly Lock _lock = new();
    private readonly List<PartitionResult> _results = [];
    private readonly HashSet<string> _restated = new(StringComparer.Ordinal);
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    internal async Task<IReadOnlyList<PartitionResult>> RunAsync(IReadOnlyList<PlannedPartition> plan, int parallel, CancellationToken cancellationToken)
    {
        var queue = new PlanQueue(plan, catalog);
        if (parallel <= 1)
        {
            await WorkAsync(queue, cancellationToken).ConfigureAwait(false);
            return _results;
        }

        // On threads of their own: a destination in the same process works without ever giving its thread back.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallel, plan.Count)).Select(_ => Task.Run(() => WorkAsync(queue, cancellationToken), CancellationToken.None))).ConfigureAwait(false);
        return _results;
    }

    private async Task WorkAsync(PlanQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                // Taken before the queue is asked: what ends in between may be what the next one waits for.
                Task ended = EndOfAny();
                if (queue.TryTake(out PlannedPartition? next))
                {
                    await RunAsync(queue, next, cancellationToken).ConfigureAwait(false);
                }
                else if (queue.IsDone)
                {
                    return;
                }
                else
                {
                    await ended.ConfigureAwait(false);
                }
            }
        }
        catch
        {
            // Something that no partition answers for, such as the observer's failure: the others come to their end.
            queue.Close();
            throw;
        }
        finally
        {
            TellEnded();
        }
    }

    private async Task RunAsync(PlanQueue queue, PlannedPartition listed, CancellationToken cancellationToken)
    {
        try
        {
            // What was up to date when the plan was made may have been made from rows that this run has changed since.
            if (await LookAgainAsync(listed, cancellationToken).ConfigureAwait(false) is not { } planned)
            {
                return;
            }

            if (!planned.Runs)
            {
                Add(new PartitionResult(planned, PartitionStatus.UpToDate, null, default, [], TimeSpan.Zero, null));
                return;
            }

            observer.Started(planned);
            PartitionResult result = readiness.RefusalOf(planned) ?? await RunOneAsync(planned, cancellationToken).ConfigureAwait(false);
            if (Add(result) == maxFailures)
            {
                queue.Close();
            }
        }
        finally
        {
            queue.End(listed);
            TellEnded();
        }
    }

    /// <returns>How many have failed so far.</returns>
    private int Add(PartitionResult result)
    {
        int failures;
        lock (_lock)
        {
            _results.Add(result);
            _failures += result.Status == PartitionStatus.Failed ? 1 : 0;
            failures = _failures;
            if (result.Tables.Any(table => table.IsChanged))
            {
                _restated.UnionWith(_dependents.PipelinesOf(result.Planned.Pipeline));
            }
        }

        observer.Finished(result);
        return failures;
    }

    private Task EndOfAny()
    {
        lock (_lock)
        {
            return _ended.Task;
        }
    }

    private void TellEnded()
    {
        lock (_lock)
        {
            _ended.SetResult();
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private bool IsRestated(PlannedPartition planned)
    {
        lock (_lock)
        {
            return _restated.Contains(planned.Pipeline.Descriptor.Name);
        }
    }

    /// <returns>The partition as it is to be run now; null where the run was cancelled.</returns>
    private async Task<PlannedPartition?> LookAgainAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        if (planned.Runs || !IsRestated(planned))
        {
            return planned;
        }

        try
        {
            PartitionEntry? entry = await destination.Ledger.FindPartitionAsync(planned.Pipeline.Descriptor.Name, planned.Partition.Key, cancellationToken).ConfigureAwait(false);
            return entry?.State == PartitionState.Stale ? planned with { Reason = PlanReason.Stale, Detail = entry.Error } : planned;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<PartitionResult> RunOneAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        try
        {
            (PipelineException? missing, IReadOnlyList<ReadPartitions> reads) = await _upstream.FindAsync(planned, cancellationToken).ConfigureAwait(false);
            return missing is not null
                ? new PartitionResult(planned, PartitionStatus.Blocked, null, default, [], TimeSpan.Zero, missing)
                : await executor.RunAsync(planned, reads, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException unreadable)
        {
            // The ledger could not be asked. What was done before stays on the record.
            return new PartitionResult(planned, PartitionStatus.Failed, null, default, [], TimeSpan.Zero, unreadable);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new PartitionResult(planned, PartitionStatus.Cancelled, null, default, [], TimeSpan.Zero, PartitionExecutor.WasCancelled());
        }
    }
}
