using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Rendering;

/// <summary>What the ledger holds of a pipeline, held against what it should hold now.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Partitions">Every partition that can be loaded, in time order, with its entry; null where it was never run.</param>
/// <param name="Lost">Entries of partitions that failed, and that the pipeline cannot load any more.</param>
/// <param name="LastRun">The latest run; null where there was none.</param>
internal sealed record PipelineState(PipelineDescriptor Pipeline, IReadOnlyList<(Partition Partition, PartitionEntry? Entry)> Partitions, IReadOnlyList<PartitionEntry> Lost, RunEntry? LastRun)
{
    internal int Missing => Partitions.Count(one => one.Entry is null);

    /// <summary>Rows in the tables: those of the last run of each partition that published.</summary>
    internal long Rows => Partitions.Sum(one => one.Entry?.Counts.Loaded ?? 0);

    internal int Count(PartitionState state) => Partitions.Count(one => one.Entry?.State == state) + (state == PartitionState.Failed ? Lost.Count : 0);

    internal static async Task<PipelineState> ReadAsync(PipelineDescriptor pipeline, ILedger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<string, PartitionEntry> entries = (await ledger.GetPartitionsAsync(pipeline.Name, cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Partition, StringComparer.Ordinal);
        IReadOnlyList<RunEntry> runs = await ledger.GetRunsAsync(pipeline.Name, 1, cancellationToken).ConfigureAwait(false);
        List<Partition> loadable = [.. pipeline.Partitions.LoadableAt(now)];
        HashSet<string> keys = [.. loadable.Select(partition => partition.Key)];
        return new PipelineState(
            pipeline,
            [.. loadable.Select(partition => (partition, entries.GetValueOrDefault(partition.Key)))],
            [.. entries.Values.Where(entry => entry.State == PartitionState.Failed && !keys.Contains(entry.Partition))],
            runs.Count == 0 ? null : runs[0]);
    }

    /// <summary>The word for what is known of a partition.</summary>
    internal static string WordOf(PartitionEntry? entry) => entry is null ? "missing" : entry.State.ToString().ToLowerInvariant();
}
