using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Destinations;

/// <summary>How a run ended, for the ledger.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Partial">Whether the window was still open.</param>
/// <param name="FinishedAt">When, UTC.</param>
/// <param name="Counts">
/// Its rows. For a publish, <see cref="RowCounts.Loaded"/> is the rows staged and <see cref="RowCounts.Dropped"/> those dropped before:
/// the destination moves the superseded ones from one to the other.
/// </param>
/// <param name="Rejects">The rows in quarantine.</param>
/// <param name="FailureKind">The kind of failure; null where it did not fail.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record RunEnd(
    RunOutcome Outcome,
    bool Partial,
    DateTimeOffset FinishedAt,
    RowCounts Counts,
    IReadOnlyList<Reject> Rejects,
    FailureKind? FailureKind = null,
    string? Error = null)
{
    /// <summary>What came of each declared check. For a publish the destination fills them in, once the staged rows have been checked.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>For a publish: whether an earlier run of the partition may have left rejects, of which those that were let through now are resolved.</summary>
    public bool MayResolveRejects { get; init; }

    /// <summary>For a publish: judges the staged rows; null where no check is declared.</summary>
    internal CheckRun? Judge { get; init; }

    /// <summary>For a publish that puts back what a load replaced: the run whose load that was; null for a load.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>Of a file, the hash of the content that was read; null otherwise.</summary>
    public string? ContentHash { get; init; }

    /// <summary>For a publish: the logic that the rows went through; null where it is not known.</summary>
    public PipelineLogic? Logic { get; init; }

    /// <summary>For a publish: the tables that the rows are loaded into, one in a line, as the destination calls them. The destination says so itself.</summary>
    public string? Tables { get; init; }

    /// <summary>
    /// For a publish: the partitions that were made from the rows that it replaces. If it changes any row, those that the ledger calls
    /// complete or partial become stale.
    /// </summary>
    public IReadOnlyList<RestatedPartitions> Restates { get; init; } = [];

    /// <summary>For a publish: who reads rows of the tables that it merges into by their times.</summary>
    internal IReadOnlyList<RestatedRows> RestatesRows { get; init; } = [];

    /// <summary>For a publish: what was read of other pipelines' tables.</summary>
    public IReadOnlyList<ReadPartitions> Reads { get; init; } = [];

    /// <summary>
    /// For a publish: how many rows the source has that no table got, because they could not be read or broke a contract. What the batch
    /// does not have is then not known to be gone, and is kept.
    /// </summary>
    public long LeftOut { get; init; }

    /// <summary>For a publish: whether a partition of the same pipeline, by its key, comes later; null where they have no order.</summary>
    public Func<string, bool>? ComesLater { get; init; }
}
