using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>All that is known of one partition: what a backfill would do with it and why, what is loaded, what it reads, and its last runs.</summary>
/// <param name="Planned">The partition as a backfill would plan it.</param>
/// <param name="Entry">The ledger's entry; null where it was never run.</param>
/// <param name="Upstream">The partitions of other pipelines that it reads.</param>
/// <param name="Runs">Its last runs, newest first.</param>
public sealed record PartitionExplanation(
    PlannedPartition Planned, PartitionEntry? Entry, IReadOnlyList<UpstreamPartition> Upstream, IReadOnlyList<RunEntry> Runs)
{
    /// <summary>What came of its checks in the latest run that succeeded or failed.</summary>
    public IReadOnlyList<CheckEntry> Checks { get; init; } = [];
}

/// <summary>A partition of another pipeline that a partition reads.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Table">The table that is read, for people.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="Entry">The ledger's entry; null where it was never run.</param>
public sealed record UpstreamPartition(string Pipeline, string Table, string Partition, PartitionEntry? Entry);
