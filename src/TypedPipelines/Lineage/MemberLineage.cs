namespace TypedPipelines;

/// <summary>Where a member of a row comes from.</summary>
/// <param name="Member">The member, with points before a member of a member; of a table that is loaded, the column.</param>
/// <param name="Origins">What it comes from; empty for a constant.</param>
public sealed record MemberLineage(string Member, IReadOnlyList<ColumnOrigin> Origins);
