namespace TypedPipelines.Destinations;

/// <summary>Partitions of a pipeline, by their keys in ordinal order.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="First">The first key.</param>
/// <param name="Last">The last key; null for all that follow.</param>
internal readonly record struct KeySpan(string Pipeline, string First, string? Last);
