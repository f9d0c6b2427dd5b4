namespace TypedPipelines;

/// <summary>
/// Inserts the batch and looks at nothing: a second run inserts it a second time. Rule TP1001 makes it an error;
/// suppress that with the reason why this table may hold rows twice.
/// </summary>
public sealed class AppendAttribute : LoadStrategyAttribute;
