namespace TypedPipelines.Destinations;

/// <summary>
/// The partitions of a pipeline that were made from rows which a publish changes, whatever window it is of: those that its statement chooses by their times.
/// </summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Table">The table that is loaded.</param>
/// <param name="Reason">Why they are to be run again, as the end of a sentence that begins with the partition.</param>
/// <param name="Spans">Collects the times of changed rows.</param>
/// <param name="Among">Chooses its partitions among the keys of those that have been loaded.</param>
internal sealed record RestatedRows(
    string Pipeline, TableContract Table, string Reason, ChangedSpans Spans, Func<IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)>, IReadOnlyList<string>, IEnumerable<string>> Among)
{
    /// <summary>The window that is loaded: what was made of it is restated anyway.</summary>
    public required Partition Loaded { get; init; }

    /// <summary>The partitions, as a publish notes them; null where no row was changed beyond the window that is loaded.</summary>
    internal RestatedPartitions? Find()
    {
        (DateTimeOffset Start, DateTimeOffset End)[] spans = [.. Spans.All().Where(span => span.Start < Loaded.Start || span.End > Loaded.End)];
        return spans.Length == 0 ? null : new RestatedPartitions(Pipeline, Reason) { Among = loaded => Among(spans, loaded) };
    }
}
