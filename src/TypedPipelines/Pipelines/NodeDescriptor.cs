namespace TypedPipelines;

/// <summary>A source or step of a pipeline.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Row">The type of the rows that come out, for people.</param>
/// <param name="From">The node whose rows come in; null for a source.</param>
/// <param name="MaxRejectedShare">For a source: the share of its rows that may be rejected.</param>
public sealed record NodeDescriptor(string Name, NodeKind Kind, string Row, string? From = null, double MaxRejectedShare = 0)
{
    /// <summary>What it does: the summary of its method in the code. Null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it brings rows into the pipeline.</summary>
    internal bool BringsRows => Kind is NodeKind.Source or NodeKind.SqlStep;
}
