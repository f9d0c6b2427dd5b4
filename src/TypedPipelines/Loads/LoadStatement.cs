namespace TypedPipelines;

/// <summary>
/// One statement of a publish. Its parameters are the run's slice in the form of the column that goes by it: <c>@start</c>,
/// <c>@end</c> and <c>@partition</c>, or <c>$1</c> and on where the destination numbers them.
/// </summary>
/// <param name="Effect">What the rows it touches count as.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">How many of the slice's parameters it takes, where the destination refuses those that a statement does not mention; else 0.</param>
public sealed record LoadStatement(LoadEffect Effect, string Sql, int Parameters = 0)
{
    /// <summary>
    /// Finds a row, by the same parameters, that the statement was to delete and that is still there: a trigger of the table, or a policy,
    /// has passed over it without an error. Null where it deletes none.
    /// </summary>
    public string? FindKept { get; init; }

    /// <summary>
    /// Counts the rows of the table by which the next run finds what the statement has inserted. They are fewer where a trigger has changed
    /// what they are found by. Null where a run looks for rows in another way.
    /// </summary>
    public LoadStatement? CountFound { get; init; }

    /// <summary>
    /// Counts the staged rows that the statement inserts and that are not in the table by their key: before it, those it will insert, and
    /// after it, those that a trigger has left out, or whose key it has changed. Null where rows are not told apart by a key.
    /// </summary>
    public string? CountAbsent { get; init; }
}
