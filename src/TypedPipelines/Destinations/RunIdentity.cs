namespace TypedPipelines.Destinations;

/// <summary>One run of one partition.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition.</param>
/// <param name="StartedAt">When it started, UTC.</param>
public sealed record RunIdentity(Guid RunId, string Pipeline, Partition Partition, DateTimeOffset StartedAt)
{
    /// <summary>Of an undo, when the run started whose load is undone: a pipeline without windows loads the day on which it starts. Null otherwise.</summary>
    public DateTimeOffset? UndoneStartedAt { get; init; }

    /// <summary>The part of a table that the run loads.</summary>
    public RunSlice Slice => RunSlice.Of(Partition, UndoneStartedAt ?? StartedAt);
}
