namespace TypedPipelines.Destinations;

/// <summary>One run of one partition.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition.</param>
/// <param name="StartedAt">When it started, UTC.</param>
public sealed record RunIdentity(Guid RunId, string Pipeline, Partition Partition, DateTimeOffset StartedAt)
{
    /// <summary>The part of a table that the run loads.</summary>
    public RunSlice Slice => RunSlice.Of(Partition, StartedAt);
}
