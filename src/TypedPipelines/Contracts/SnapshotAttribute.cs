namespace TypedPipelines;

/// <summary>
/// Keeps what the source looked like on each date: stamps the batch with the run's date and replaces that date's rows, in one
/// transaction. What makes it re-runnable is the stamp. The run's date is the first day of the partition's window; of a
/// pipeline without windows, the UTC date on which the run started.
/// </summary>
/// <param name="column">
/// The member that holds the date, a <see cref="DateOnly"/>; write <c>nameof(...)</c>. The load fills it in: a step leaves it
/// at its default, and a row that says another date fails the run.
/// </param>
public sealed class SnapshotAttribute(string column) : LoadStrategyAttribute
{
    /// <summary>The member that holds the date.</summary>
    public string Column { get; } = column;
}
