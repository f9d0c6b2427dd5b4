namespace TypedPipelines;

/// <summary>
/// Of the rows in a scope, deletes those whose key the batch does not have: the table follows a source that gives everything, and
/// forgets what it no longer has. With <see cref="HistoryAttribute"/> their current versions are closed.
/// </summary>
/// <param name="scope">Which rows may be deleted; none outside it ever is.</param>
/// <param name="column">The member that the scope goes by; write <c>nameof(...)</c>. Null for <see cref="DeleteScope.Table"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class DeleteMissingAttribute(DeleteScope scope, string? column = null) : Attribute
{
    /// <summary>The share of the rows in scope that a run may delete unless the contract says otherwise.</summary>
    public const double DefaultMaxDeletedShare = 0.2;

    /// <summary>Which rows may be deleted.</summary>
    public DeleteScope Scope { get; } = scope;

    /// <summary>The member that the scope goes by.</summary>
    public string? Column { get; } = column;

    /// <summary>
    /// What happens to a row of the batch outside the run's window, where the scope is <see cref="DeleteScope.Window"/>: it would belong to
    /// another run, which deletes what it does not have. It is never loaded. The default, <see cref="RowAction.Fail"/>, stops the run before
    /// anything changes. A row without a value in the column always fails the run.
    /// </summary>
    public RowAction OutOfWindow { get; set; }

    /// <summary>Whether a batch without rows deletes everything in scope. False, the default, makes it an error: it is more often a failed delivery.</summary>
    public bool AllowEmpty { get; set; }

    /// <summary>
    /// The share of the rows in scope, from 0 to 1, above which the run stops before anything changes. 0.2 unless set.
    /// </summary>
    public double MaxDeletedShare { get; set; } = DefaultMaxDeletedShare;
}
