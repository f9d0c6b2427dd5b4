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
    /// Waits for the publishes under way of partitions that this run has read, and keeps them, and such as have never been run, from being noted before this transaction ends.
    /// </summary>
    /// <param name="spans">The partitions, by their pipelines, each of which is there once.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task HoldLoadersAsync(IReadOnlyList<KeySpan> spans, CancellationToken cancellationToken);

    /// <summary>The partitions of another pipeline whose rows are in the tables, with the run that loaded each.</summary>
    Task<IReadOnlyList<(string Partition, Guid Run)>> FindLoadedAsync(KeySpan span, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the publishes of other pipelines' partitions that have looked at what this pipeline has loaded, and keeps others from looking before this transaction ends: what they have
    /// noted by then can be seen, and made stale, also of partitions that have never been run before.
    /// </summary>
    Task HoldReadersAsync(CancellationToken cancellationToken);

    /// <summary>The keys of a pipeline's partitions whose rows are in the tables, also of those that are stale, or whose last run failed.</summary>
    Task<IReadOnlyList<string>> FindLoadedAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>Notes that partitions were made from what is another now.</summary>
    Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken);
}
