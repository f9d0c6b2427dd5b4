using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>status --json</c>.</summary>
internal sealed record StatusDocument(string Destination, IReadOnlyList<StatusDocument.StatusOfPipeline> Pipelines)
{
    /// <summary>Makes it.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="states">The pipelines.</param>
    /// <param name="partitions">Which partitions are listed; null for none.</param>
    internal static StatusDocument Of(string destination, IEnumerable<PipelineState> states, Func<PartitionEntry?, bool>? partitions) => new(
        destination,
        [.. states.Select(state => new StatusOfPipeline(
            state.Pipeline.Name,
            state.Count(PartitionState.Complete),
            state.Count(PartitionState.Partial),
            state.Count(PartitionState.Stale),
            state.Count(PartitionState.Failed),
            state.Missing,
            state.Rows,
            state.LastRun is { } run ? StatusOfRun.Of(run) : null,
            state.Pipeline.Schedule?.ToString(),
            partitions is null ? null : [.. state.Partitions.Where(one => partitions(one.Entry)).Select(one => StatusOfPartition.Of(one.Partition.Key, one.Entry)), .. state.Lost.Select(entry => StatusOfPartition.Of(entry.Partition, entry))]))]);

    internal sealed record StatusOfPipeline(
        string Name, int Complete, int Partial, int Stale, int Failed, int Missing, long Rows, StatusOfRun? LastRun, string? Schedule, IReadOnlyList<StatusOfPartition>? Partitions);

    internal sealed record StatusOfRun(
        Guid RunId,
        string Partition,
        string Outcome,
        DateTime StartedAt,
        DateTime? FinishedAt,
        RowsJson Rows,
        string Worker,
        string? FailureKind,
        string? Error)
    {
        internal static StatusOfRun Of(RunEntry run) => new(
            run.RunId,
            run.Partition,
            CliJson.Camel(run.Outcome),
            run.StartedAt.UtcDateTime,
            run.FinishedAt?.UtcDateTime,
            RowsJson.Of(run.Counts),
            run.Worker,
            run.FailureKind is null ? null : CliJson.Camel(run.FailureKind),
            run.Error);
    }

    internal sealed record StatusOfPartition(string Key, string State, Guid? RunId, DateTime? FinishedAt, RowsJson? Rows, string? Error)
    {
        internal static StatusOfPartition Of(string key, PartitionEntry? entry) => new(
            key,
            PipelineState.WordOf(entry),
            entry?.RunId,
            entry?.FinishedAt.UtcDateTime,
            entry is null ? null : RowsJson.Of(entry.Counts),
            entry?.Error);
    }
}
