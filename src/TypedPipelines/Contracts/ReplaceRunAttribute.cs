namespace TypedPipelines;

/// <summary>
/// Deletes the rows that this partition loaded before and inserts the batch, in one transaction. For rows with neither a key nor
/// a date of their own, such as lines of a log. What makes it re-runnable is the partition's key, kept with each row.
/// </summary>
/// <param name="column">
/// The member that holds the partition's key, a text; write <c>nameof(...)</c>. The load fills it in: a step leaves it null or
/// empty, and a row that says another key fails the run.
/// </param>
public sealed class ReplaceRunAttribute(string column) : LoadStrategyAttribute
{
    /// <summary>The member that holds the partition's key.</summary>
    public string Column { get; } = column;
}
