namespace TypedPipelines.Ledger;

/// <summary>The ledger's entry of one rejected row.</summary>
/// <param name="RunId">The run that rejected it.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="RejectedAt">When that run ended, UTC.</param>
/// <param name="Reject">The row and the reason.</param>
public sealed record RejectEntry(Guid RunId, string Pipeline, string Partition, DateTimeOffset RejectedAt, Reject Reject);
