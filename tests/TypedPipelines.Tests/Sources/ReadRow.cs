namespace TypedPipelines.Tests.Sources;

/// <summary>A row with the place it came from.</summary>
public sealed record ReadRow<TRow>(string Origin, long Line, TRow Row);
