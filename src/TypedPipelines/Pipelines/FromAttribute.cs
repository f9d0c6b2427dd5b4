namespace TypedPipelines;

/// <summary>Says which source or step a parameter's rows come from, where more than one produces its row type.</summary>
/// <param name="producer">The name of the source or step method; write <c>nameof(...)</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromAttribute(string producer) : Attribute
{
    /// <summary>The name of the source or step method.</summary>
    public string Producer { get; } = producer;
}
