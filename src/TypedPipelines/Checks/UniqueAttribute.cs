namespace TypedPipelines;

/// <summary>Checks that no two rows of a run have the same values in these members. A row in which one of them is null is passed over. For the key nothing needs to be said: it is always so.</summary>
/// <param name="members">The members; write <c>nameof(...)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false, AllowMultiple = true)]
public sealed class UniqueAttribute(params string[] members) : SetCheckAttribute
{
    /// <summary>The members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
