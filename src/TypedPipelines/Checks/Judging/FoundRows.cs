namespace TypedPipelines.Running;

/// <summary>What the statement of a check has found.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="Sample">The first of them, as messages show them.</param>
internal sealed record FoundRows(long Count, IReadOnlyList<string> Sample)
{
    /// <summary>How many rows are kept to be looked at.</summary>
    internal const int MostKept = 3;
}
