namespace TypedPipelines.Ledger;

/// <summary>How many rows are in quarantine for one reason.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key.</param>
/// <param name="Source">The source, step or table that rejected them.</param>
/// <param name="Column">The column at fault; null where it is the row as a whole.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Rows">How many.</param>
public sealed record RejectCount(string Pipeline, string Partition, string Source, string? Column, string Reason, long Rows);
