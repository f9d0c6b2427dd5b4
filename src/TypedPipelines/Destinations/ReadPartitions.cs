namespace TypedPipelines.Destinations;

/// <summary>
/// What a run reads of another pipeline's tables, as the ledger had it before it read. If that is another when the run publishes, what it
/// publishes was stale from the start.
/// </summary>
/// <param name="Pipeline">The pipeline that loads them.</param>
/// <param name="Runs">The partitions read, and the run that loaded each.</param>
public sealed record ReadPartitions(string Pipeline, IReadOnlyDictionary<string, Guid> Runs)
{
    /// <summary>Whether the tables are read whole, so that a partition which is loaded for the first time matters, too.</summary>
    public bool Whole { get; init; }
}
