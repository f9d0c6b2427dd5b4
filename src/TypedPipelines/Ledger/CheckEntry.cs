namespace TypedPipelines.Ledger;

/// <summary>The ledger's entry of one check in one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="CheckedAt">When the run ended, UTC.</param>
/// <param name="Result">What came of it.</param>
public sealed record CheckEntry(Guid RunId, string Pipeline, string Partition, DateTimeOffset CheckedAt, CheckResult Result);
