namespace TypedPipelines.Ledger;

/// <summary>The rows of a run.</summary>
/// <param name="Read">Rows that the sources gave, the rejected ones included.</param>
/// <param name="Loaded">Rows published, over all tables.</param>
/// <param name="Dropped">Rows that steps and contracts dropped on purpose.</param>
/// <param name="Rejected">Rows in quarantine, each counted as <see cref="Reject.Rows"/> says.</param>
public readonly record struct RowCounts(long Read, long Loaded, long Dropped, long Rejected)
{
    /// <summary>Adds up two runs.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static RowCounts operator +(RowCounts left, RowCounts right) =>
        new(left.Read + right.Read, left.Loaded + right.Loaded, left.Dropped + right.Dropped, left.Rejected + right.Rejected);
}
