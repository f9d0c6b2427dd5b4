using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>Writes what becomes of a run into the ledger, inside a transaction that its caller has begun.</summary>
internal interface ILedgerEntries
{
    /// <summary>Notes that the run has ended, with its rejects.</summary>
    /// <returns>Whether it was noted: a run that has published, though it could not hear of it, did not fail.</returns>
    Task<bool> NoteEndAsync(RunEnd end, CancellationToken cancellationToken);

    /// <summary>Notes that the partition's rows are in the tables now, with this run's counts.</summary>
    Task NoteLoadedAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken);

    /// <summary>Notes that the partition's last run failed. The run whose rows are in the tables stays noted, with its counts.</summary>
    Task NoteFailedAsync(RunEnd end, CancellationToken cancellationToken);

    /// <summary>Notes that partitions were made from what is another now.</summary>
    Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken);
}
