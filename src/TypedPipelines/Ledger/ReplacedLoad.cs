namespace TypedPipelines.Ledger;

/// <summary>What the last load of a partition replaced, where its tables keep that.</summary>
/// <param name="RunId">The run that replaced it.</param>
/// <param name="State">What the ledger said of the partition before; null where nothing was known of it.</param>
/// <param name="LoadedRunId">The run whose rows were replaced; null where there was none.</param>
/// <param name="Rows">How many rows that run had loaded.</param>
public sealed record ReplacedLoad(Guid RunId, PartitionState? State, Guid? LoadedRunId, long Rows);
