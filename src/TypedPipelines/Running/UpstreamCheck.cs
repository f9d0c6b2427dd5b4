using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Makes sure that what a partition reads from other pipelines' tables has been loaded: an empty lookup or a missing day
/// would otherwise be taken for the truth.
/// </summary>
internal sealed class UpstreamCheck(PipelineCatalog catalog, IDestination destination)
{
    internal async Task<PipelineException?> FindMissingAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        foreach (TableContract table in planned.Pipeline.Descriptor.Reads)
        {
            if (catalog.LoaderOf(table)?.Descriptor is { } loader
                && await FindMissingAsync(loader, planned, table, cancellationToken).ConfigureAwait(false) is { } missing)
            {
                string command = missing == "all" ? $"run {loader.Name}" : $"run {loader.Name} --partition {missing}";
                return new PipelineException(
                    FailureKind.Upstream,
                    $"it reads the table {table.DisplayName}, and partition {missing} of the pipeline {loader.Name}, which loads that, is not complete",
                    $"Load it first (`{command}`), then run this partition again.");
            }
        }

        return null;
    }

    private async Task<string?> FindMissingAsync(PipelineDescriptor loader, PlannedPartition planned, TableContract table, CancellationToken cancellationToken)
    {
        Partition partition = planned.Partition;
        if (loader.Partitions.Kind != PartitionScheme.None.Kind && !(partition.HasWindow && loader.Partitions.HasWindows))
        {
            // Where windows cannot be told to overlap, the table is read as what has been loaded so far; but something must have been, and nothing have failed.
            IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(loader.Name, cancellationToken).ConfigureAwait(false);
            return entries.FirstOrDefault(entry => entry.State == PartitionState.Failed)?.Partition
                ?? (entries.Any(entry => entry.LoadedRunId is not null) ? null : loader.Partitions.All().FirstOrDefault()?.Key ?? loader.Partitions.KeyForm);
        }

        foreach (Partition needed in new ReadSpan(loader.Partitions, ReadSpan.EarlierOf(planned.Pipeline.Descriptor, [table])).Needed(partition))
        {
            PartitionEntry? entry = await destination.Ledger.FindPartitionAsync(loader.Name, needed.Key, cancellationToken).ConfigureAwait(false);
            if (entry?.State is not (PartitionState.Complete or PartitionState.Partial or PartitionState.Stale))
            {
                return needed.Key;
            }
        }

        return null;
    }
}
