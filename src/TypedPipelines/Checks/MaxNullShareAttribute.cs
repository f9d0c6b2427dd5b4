namespace TypedPipelines;

/// <summary>Checks in how many rows a member is null.</summary>
/// <param name="share">The share of the rows, from 0 to 1, in which it may be.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MaxNullShareAttribute(double share) : SetCheckAttribute
{
    /// <summary>The share of the rows in which it may be.</summary>
    public double Share { get; } = share;
}
