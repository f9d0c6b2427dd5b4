namespace TypedPipelines.Ledger;

/// <summary>
/// Reads the tables that remember runs, partitions and rejected rows. They live in the destination, and are written only by
/// <see cref="Destinations.IPartitionSession"/>. A destination in which nothing was ever loaded answers with nothing, and is not
/// changed by being asked.
/// </summary>
public interface ILedger
{
    /// <summary>The entries of a pipeline's partitions, in ordinal order of their keys.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>The entry of one partition; null where it was never run.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="partition">The partition's key.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken);

    /// <summary>What the last load of a partition replaced; null where that was not kept, or has been undone.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="partition">The partition's key.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<ReplacedLoad?> FindReplacedAsync(string pipeline, string partition, CancellationToken cancellationToken) => Task.FromResult<ReplacedLoad?>(null);

    /// <summary>The parts of the logic that partitions were loaded with; null where the ledger does not know it.</summary>
    /// <param name="fingerprint">The fingerprint of the logic.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>The latest runs, newest first.</summary>
    /// <param name="pipeline">The pipeline's name; null for all.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken);

    /// <summary>The latest runs of one partition, newest first.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="partition">The partition's key.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken);

    /// <summary>
    /// The rows in quarantine: those of each partition's latest run that succeeded or failed, newest run first and in the order in which the run met them.
    /// </summary>
    /// <param name="pipeline">The pipeline's name; null for all.</param>
    /// <param name="partition">The partition's key; null for all.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken);

    /// <summary>How many rows are in quarantine, by partition and reason: those that <see cref="GetRejectsAsync"/> lists, the most first.</summary>
    /// <param name="pipeline">The pipeline's name; null for all.</param>
    /// <param name="partition">The partition's key; null for all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken);

    /// <summary>What came of the checks of partitions, each in its latest run that succeeded or failed: newest run first, and in the order of their declaration.</summary>
    /// <param name="pipeline">The pipeline's name; null for all.</param>
    /// <param name="partition">The partition's key; null for all.</param>
    /// <param name="passed">Whether those are among them that were passed.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken);

    /// <summary>What a check observed of loads that are complete: what a run is compared with.</summary>
    /// <param name="of">Which.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken);
}
