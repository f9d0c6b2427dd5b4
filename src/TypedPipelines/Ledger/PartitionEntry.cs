namespace TypedPipelines.Ledger;

/// <summary>The ledger's entry of one partition: committed in the transaction that published its rows.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="State">What is known of it.</param>
/// <param name="RunId">The run that set the state.</param>
/// <param name="Counts">The rows of the run that is loaded; all zero where there has been none. A failed run's are in its <see cref="RunEntry"/>.</param>
/// <param name="FinishedAt">When that run ended, UTC.</param>
/// <param name="LoadedRunId">The run whose rows are in the tables; null where there has been none.</param>
/// <param name="Error">Why the run failed, or why its rows are stale; null where neither is so.</param>
/// <param name="ContentHash">Of a file that is loaded, the hash of its content; null otherwise.</param>
/// <param name="Fingerprint">Of the logic that the loaded rows went through; null where it is not known.</param>
public sealed record PartitionEntry(
    string Pipeline,
    string Partition,
    PartitionState State,
    Guid RunId,
    RowCounts Counts,
    DateTimeOffset FinishedAt,
    Guid? LoadedRunId,
    string? Error,
    string? ContentHash = null,
    string? Fingerprint = null)
{
    /// <summary>The kind of partitions, and their time zone, that the pipeline had when the rows were loaded; null where it is not known.</summary>
    public string? Cut { get; init; }

    /// <summary>The tables that the rows were loaded into, one in a line, as the destination calls them; null where they are not known.</summary>
    public string? Tables { get; init; }
}
