using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Undoes the last load of a partition: the rows that it replaced are staged and published as those of a load are, so that locks, readers and
/// those who made something of the rows are minded alike; and the ledger says of the partition what it said before.
/// </summary>
internal sealed class LoadUndo(PipelineCatalog catalog, IDestination destination, TimeProvider clock, ILoggerFactory loggers, RunOptions options)
{
    private readonly Dependents _dependents = new(catalog);
    private readonly ILogger _log = loggers.CreateLogger("TypedPipelines.Run");

    /// <summary>What an undo would put back; null where the last load has been undone already.</summary>
    /// <exception cref="PipelineException">It cannot be undone, and why.</exception>
    internal async Task<ReplacedLoad?> FindAsync(PipelineDescriptor pipeline, Partition partition, CancellationToken cancellationToken)
    {
        if (pipeline.Loads.Select(load => load.Contract).FirstOrDefault(table => !table.KeepsReplaced) is { } table)
        {
            throw UndoRefusal.NotKept(pipeline, partition, table);
        }

        IReadOnlyList<RunEntry> runs = await destination.Ledger.GetRunsOfAsync(pipeline.Name, partition.Key, int.MaxValue, cancellationToken).ConfigureAwait(false);
        if (runs.FirstOrDefault(run => run.Outcome is RunOutcome.Succeeded or RunOutcome.Restored) is { Outcome: RunOutcome.Restored })
        {
            return null;
        }

        PartitionEntry? entry = await destination.Ledger.FindPartitionAsync(pipeline.Name, partition.Key, cancellationToken).ConfigureAwait(false);
        if (entry?.LoadedRunId is not { } loaded)
        {
            throw UndoRefusal.NotLoaded(pipeline, partition);
        }

        ReplacedLoad? replaced = await destination.Ledger.FindReplacedAsync(pipeline.Name, partition.Key, cancellationToken).ConfigureAwait(false);
        return replaced is not null && replaced.RunId == loaded ? replaced : throw UndoRefusal.NothingKept(pipeline, partition);
    }

    /// <summary>Puts back what the last load replaced.</summary>
    /// <returns>What was done to each table.</returns>
    internal async Task<IReadOnlyList<LoadedTable>> RunAsync(PipelineRegistration pipeline, Partition partition, ReplacedLoad replaced, CancellationToken cancellationToken)
    {
        string name = pipeline.Descriptor.Name;
        IReadOnlyList<RunEntry> runs = await destination.Ledger.GetRunsOfAsync(name, partition.Key, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var identity = new RunIdentity(Guid.CreateVersion7(), name, partition, clock.GetUtcNow())
        {
            UndoneStartedAt = runs.FirstOrDefault(run => run.RunId == replaced.RunId)?.StartedAt,
        };
        await using IPartitionSession session = await destination.BeginAsync(identity, options.LockWait, cancellationToken).ConfigureAwait(false);
        try
        {
            long rows = 0;
            foreach (LoadDescriptor load in pipeline.Descriptor.Loads)
            {
                rows += await load.Contract.StageReplacedAsync(session, cancellationToken).ConfigureAwait(false);
            }

            var planned = new PlannedPartition(pipeline, partition, PlanReason.Asked);
            var end = new RunEnd(RunOutcome.Restored, false, clock.GetUtcNow(), new RowCounts(rows, rows, 0, 0), [])
            {
                Undoes = replaced.RunId,
                Restates = _dependents.Of(planned),
                RestatesRows = _dependents.RowsOf(planned),
            };
            IReadOnlyList<LoadedTable> tables = await session.PublishAsync(end, cancellationToken).ConfigureAwait(false);
            RunLog.Undone(_log, name, partition.Key, replaced.RunId, rows);
            return tables;
        }
        catch (Exception e)
        {
            // The ledger's entry of the partition says what its last load came to, and that has not changed.
            PipelineException? failure = e as PipelineException;
            await session.FailAsync(
                new RunEnd(RunOutcome.Cancelled, false, clock.GetUtcNow(), default, [], failure?.Kind, failure?.Message), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
