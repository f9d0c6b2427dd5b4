namespace TypedPipelines;

/// <summary>
/// Replaces the whole table's rows by the batch, in one transaction. Readers see the old rows or the new ones, never an
/// empty table; indexes, constraints and views stay. For pipelines without partitions.
/// </summary>
public sealed class ReplaceTableAttribute : LoadStrategyAttribute;
