namespace TypedPipelines;

/// <summary>A load of a pipeline.</summary>
/// <param name="Contract">The table.</param>
/// <param name="From">The node whose rows are loaded.</param>
public sealed record LoadDescriptor(TableContract Contract, string From);
