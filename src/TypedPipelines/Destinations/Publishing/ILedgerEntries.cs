using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>Writes what becomes of a run into the ledger, inside a transaction that its caller has begun.</summary>
internal interface ILedgerEntries
{
    /// <summary>Notes that the run has ended, with its rejects.</summary>
    /// <returns>Whether it was noted: a run that has published, though it could not hear of it, did not fail.</returns>
    Task<bool> NoteEndAsync(RunEnd end, CancellationToken cancellationToken);

    /// <summary>Notes that the partition's rows are in the tables now, with this run's counts, and that the run has ended.</summary>
    /// <returns>Whether its end was noted.</returns>
    Task<bool> NotePublishedAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken);

    /// <summary>Notes that the partition's last run failed. The run whose rows are in the tables stays noted, with its counts.</summary>
    Task NoteFailedAsync(RunEnd end, CancellationToken cancellationToken);

    /// <summary>
    /// The partitions of another pipeline whose rows are in the tables, with the run that loaded each. A publish of one of them that is
    /// under way is waited for, and none is published before this transaction ends.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="first">The first key, in ordinal order.</param>
    /// <param name="last">The last key; null for all that follow.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<(string Partition, Guid Run)>> HoldLoadedAsync(string pipeline, string first, string? last, CancellationToken cancellationToken);

    /// <summary>The keys of a pipeline's partitions whose rows are in the tables, also of those that are stale, or whose last run failed.</summary>
    Task<IReadOnlyList<string>> FindLoadedAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>Notes that partitions were made from what is another now.</summary>
    Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken);
}
