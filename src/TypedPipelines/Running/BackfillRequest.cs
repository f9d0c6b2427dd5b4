namespace TypedPipelines.Running;

/// <summary>What a backfill is asked for.</summary>
/// <param name="Pipelines">The names of the pipelines; empty for all.</param>
/// <param name="From">The key of the first partition; null for the first there is.</param>
/// <param name="To">The key of the last partition, itself included; null for the last there is.</param>
/// <param name="Force">Whether partitions that are up to date are loaded again.</param>
public sealed record BackfillRequest(IReadOnlyList<string> Pipelines, string? From = null, string? To = null, bool Force = false)
{
    /// <summary>Whether only partitions whose last run failed are planned.</summary>
    public bool FailedOnly { get; init; }

    /// <summary>Whether only stale partitions are planned, those included that are complete and were loaded with other logic.</summary>
    public bool StaleOnly { get; init; }
}
