namespace TypedPipelines;

/// <summary>
/// Deletes the rows that were loaded from this file before and inserts the file's rows, in one transaction. What makes it
/// re-runnable is the file's path, kept with each row; a file whose content is what was loaded is not read into the table again.
/// For pipelines with <see cref="FilePartitionsAttribute"/>.
/// </summary>
/// <param name="column">
/// The member that holds the file's path as the pipeline declares it, with slashes, a text; write <c>nameof(...)</c>. The load
/// fills it in: a step leaves it null or empty, and a row that says another path fails the run.
/// </param>
public sealed class ReplaceFileAttribute(string column) : LoadStrategyAttribute
{
    /// <summary>The member that holds the file's path.</summary>
    public string Column { get; } = column;
}
