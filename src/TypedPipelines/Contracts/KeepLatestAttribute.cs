namespace TypedPipelines;

/// <summary>
/// Where a batch holds several rows with the same key, keeps the one with the greatest value of a member and counts the
/// others as dropped. Without it such a batch is an error. Ties go to the next member named, and after the last one to
/// the greatest of the remaining columns in their order, so that the survivor never depends on the order of the rows.
/// Null is less than any value.
/// </summary>
/// <param name="by">The member compared first; write <c>nameof(...)</c>.</param>
/// <param name="then">The members that decide ties, in order.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class KeepLatestAttribute(string by, params string[] then) : Attribute
{
    /// <summary>The members compared, in order.</summary>
    public IReadOnlyList<string> By { get; } = [by, .. then];
}
