namespace TypedPipelines.Ledger;

/// <summary>The ledger's entry of one run of one partition.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="FinishedAt">When it ended, UTC; null while it runs.</param>
/// <param name="Counts">Its rows.</param>
/// <param name="Worker">The machine and process it ran in.</param>
/// <param name="FailureKind">The kind of failure, by name; null where it did not fail.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record RunEntry(
    Guid RunId,
    string Pipeline,
    string Partition,
    RunOutcome Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    RowCounts Counts,
    string Worker,
    string? FailureKind,
    string? Error);
