namespace TypedPipelines.Destinations;

/// <summary>The partitions of a pipeline that were made from the rows which a run replaces.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Reason">Why they are to be run again, as the end of a sentence that begins with the partition.</param>
public sealed record RestatedPartitions(string Pipeline, string Reason)
{
    /// <summary>Their keys; null where <see cref="Among"/> says which of those that have been loaded they are.</summary>
    public IReadOnlyList<string>? Partitions { get; init; }

    /// <summary>Chooses them among the keys of the partitions that have been loaded; all of them unless set.</summary>
    public Func<IReadOnlyList<string>, IEnumerable<string>> Among { get; init; } = static loaded => loaded;

    /// <summary>Whether they are restated only where the run inserted or deleted rows, not where it changed some.</summary>
    public bool ByPresence { get; init; }
}
