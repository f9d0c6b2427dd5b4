namespace TypedPipelines.Destinations;

/// <summary>
/// The partitions of a pipeline that were made from rows which a merge changes, whatever window it is of: those that its statement chooses by their times.
/// </summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Table">The table that is merged into.</param>
/// <param name="Reason">Why they are to be run again, as the end of a sentence that begins with the partition.</param>
/// <param name="Concern">Whether the times of changed rows concern it at all; the window that is loaded is restated anyway.</param>
/// <param name="Among">Chooses its partitions among the keys of those that have been loaded.</param>
internal sealed record RestatedRows(
    string Pipeline, TableContract Table, string Reason, Func<ChangedTimes, bool> Concern, Func<ChangedTimes, IReadOnlyList<string>, IEnumerable<string>> Among)
{
    /// <summary>The partitions, as a publish notes them.</summary>
    internal RestatedPartitions Of(ChangedTimes times) => new(Pipeline, Reason) { Among = loaded => Among(times, loaded) };
}
