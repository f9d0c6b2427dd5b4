namespace TypedPipelines.Running;

/// <summary>What a backfill is asked for.</summary>
/// <param name="Pipelines">The names of the pipelines; empty for all.</param>
/// <param name="From">The key of the first partition; null for the first there is.</param>
/// <param name="To">The key of the last partition, itself included; null for the last there is.</param>
/// <param name="Force">Whether partitions that are up to date are loaded again.</param>
public sealed record BackfillRequest(IReadOnlyList<string> Pipelines, string? From = null, string? To = null, bool Force = false)
{
    /// <summary>Whether only some partitions are planned: those whose last run failed, and those that the other two say.</summary>
    public bool FailedOnly { get; init; }

    /// <summary>Whether only some partitions are planned: those that were never loaded, and those that the other two say.</summary>
    public bool MissingOnly { get; init; }

    /// <summary>
    /// Whether only some partitions are planned: stale ones, those included that are complete and were loaded with other logic, and those that the other
    /// two say.
    /// </summary>
    public bool StaleOnly { get; init; }

    /// <summary>
    /// Whether the pipelines are planned, too, that read what the named ones load: of those what is not up to date in the span, and what this run makes
    /// stale, wherever it lies.
    /// </summary>
    public bool Downstream { get; init; }
}
