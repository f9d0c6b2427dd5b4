namespace TypedPipelines;

/// <summary>Where a value comes from.</summary>
/// <param name="From">The source or step whose rows have it, or the table.</param>
/// <param name="Member">
/// The member of those rows, with points before a member of a member; of a traced origin in a table, the column. Empty for the row as a whole,
/// as a count has it; <c>*</c> where a statement reads a table and nobody knows which of its columns.
/// </param>
/// <param name="Kind">How it comes from there.</param>
public sealed record ColumnOrigin(string From, string Member, OriginKind Kind)
{
    /// <summary>Whether it comes from a table, rather than from a source or step.</summary>
    public bool IsTable { get; init; }
}
