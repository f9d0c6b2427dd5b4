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
}
