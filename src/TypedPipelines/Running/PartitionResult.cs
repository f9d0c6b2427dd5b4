using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>What became of one planned partition.</summary>
/// <param name="Planned">The partition.</param>
/// <param name="Status">How it ended.</param>
/// <param name="RunId">The run; null where none was started.</param>
/// <param name="Counts">Its rows.</param>
/// <param name="Tables">What was done to each table; empty where nothing was published.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="FirstReject">The first row put into quarantine; null where there is none.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record PartitionResult(
    PlannedPartition Planned,
    PartitionStatus Status,
    Guid? RunId,
    RowCounts Counts,
    IReadOnlyList<LoadedTable> Tables,
    TimeSpan Elapsed,
    PipelineException? Failure,
    Reject? FirstReject = null)
{
    /// <summary>What came of each declared check; empty where none is declared, or no run was begun.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];
}
