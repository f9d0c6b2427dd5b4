using TypedPipelines.Ledger;

namespace TypedPipelines.Alerts;

/// <summary>A partition that is not complete and was due.</summary>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Due">When it was due, UTC.</param>
/// <param name="State">What the ledger says of it; null where it was never loaded.</param>
public sealed record LatePartition(PipelineDescriptor Pipeline, Partition Partition, DateTimeOffset Due, PartitionState? State)
{
    /// <summary>The partitions of a pipeline that are late, in time order.</summary>
    internal static async Task<IReadOnlyList<LatePartition>> FindAsync(PipelineDescriptor pipeline, ILedger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (pipeline.Partitions is not { HasWindows: true, DueWithin: { } within })
        {
            return [];
        }

        Dictionary<string, PartitionState> states = (await ledger.GetPartitionsAsync(pipeline.Name, cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Partition, entry => entry.State, StringComparer.Ordinal);
        return
        [
            .. pipeline.Partitions.LoadableAt(now)
                .Where(partition => partition.End + within <= now)
                .Select(partition => new LatePartition(pipeline, partition, partition.End + within, states.TryGetValue(partition.Key, out PartitionState state) ? state : null))
                .Where(late => late.State is null or PartitionState.Failed or PartitionState.Partial),
        ];
    }
}
