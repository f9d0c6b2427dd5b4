using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>What a pipeline's part of a plan is likely to take.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Partitions">How many partitions are to be loaded.</param>
/// <param name="Each">What one of them is likely to take; null where nothing is known.</param>
internal sealed record PlanEstimate(string Pipeline, int Partitions, LoadEstimate? Each)
{
    /// <summary>Rows read by all of them.</summary>
    internal long? Rows => Each?.Rows * Partitions;

    /// <summary>The time of all, one after the other.</summary>
    internal TimeSpan? Time => Each?.Time * Partitions;
}
