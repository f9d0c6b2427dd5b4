namespace TypedPipelines;

/// <summary>
/// Deletes the window's rows and inserts the batch, in one transaction. What makes it re-runnable is the window.
/// </summary>
/// <param name="column">
/// The member that says which window a row belongs to, of type <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC) or
/// <see cref="DateTimeOffset"/>; write <c>nameof(...)</c>. Null in it fails the load.
/// </param>
public sealed class ReplacePartitionAttribute(string column) : LoadStrategyAttribute
{
    /// <summary>The member that says which window a row belongs to.</summary>
    public string Column { get; } = column;

    /// <summary>
    /// What happens to a row outside the run's window. It is never inserted. The default, <see cref="RowAction.Fail"/>,
    /// stops the run before anything changes.
    /// </summary>
    public RowAction OutOfWindow { get; set; }
}
