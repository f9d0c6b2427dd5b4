namespace TypedPipelines;

/// <summary>Where the rows of a step come from, or those of a source that reads a table. Other sources are where rows begin.</summary>
/// <param name="Step">The method's name.</param>
/// <param name="Members">The members of the rows that come out.</param>
public sealed record StepLineage(string Step, IReadOnlyList<MemberLineage> Members)
{
    /// <summary>What decides whether there is a row.</summary>
    public IReadOnlyList<ColumnOrigin> Filters { get; init; } = [];

    /// <summary>What of it could not be followed, as sentences; there, a value counts as computed from all that goes in. Empty where everything could.</summary>
    public IReadOnlyList<string> Opaque { get; init; } = [];
}
