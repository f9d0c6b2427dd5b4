namespace TypedPipelines;

/// <summary>Checks that the values of a member are in a column of another table, or come into it with the same run. Null refers to nothing, and is passed over.</summary>
/// <param name="contract">The row contract of the other table.</param>
/// <param name="member">Its member; write <c>nameof(...)</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ReferencesAttribute(Type contract, string member) : SetCheckAttribute
{
    /// <summary>The row contract of the other table.</summary>
    public Type Contract { get; } = contract;

    /// <summary>Its member.</summary>
    public string Member { get; } = member;

    /// <summary>How many different values may be missing there, in the way of <see cref="CheckAttribute.MaxRows"/>.</summary>
    public long MaxRows { get; set; } = -1;
}
