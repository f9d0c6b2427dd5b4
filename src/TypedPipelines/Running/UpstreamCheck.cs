using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Makes sure that what a partition reads from other pipelines' tables has been loaded: an empty lookup or a missing day
/// would otherwise be taken for the truth.
/// </summary>
internal sealed class UpstreamCheck(PipelineCatalog catalog, IDestination destination)
{
    /// <summary>So many windows are asked for one by one; of more, all are read at once.</summary>
    private const int FewWindows = 8;

    /// <summary>Looks at what a partition reads.</summary>
    /// <returns>What is missing, or else what there is; of the pipeline's own tables nothing, for those it changes itself.</returns>
    internal async Task<(PipelineException? Missing, IReadOnlyList<ReadPartitions> Reads)> FindAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        var reads = new List<ReadPartitions>();
        foreach (TableContract table in planned.Pipeline.Descriptor.Reads)
        {
            if (catalog.LoaderOf(table)?.Descriptor is not { } loader)
            {
                continue;
            }

            (string? missing, ReadPartitions read) = await FindAsync(loader, planned, table, cancellationToken).ConfigureAwait(false);
            if (missing is not null)
            {
                return (Missing(loader, table, missing), []);
            }

            if (loader.Name != planned.Pipeline.Descriptor.Name)
            {
                reads.Add(read);
            }
        }

        return (null, reads);
    }

    private async Task<(string? Missing, ReadPartitions Read)> FindAsync(
        PipelineDescriptor loader, PlannedPartition planned, TableContract table, CancellationToken cancellationToken)
    {
        Partition partition = planned.Partition;
        var runs = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var read = new ReadPartitions(loader.Name, runs);
        if (loader.Partitions.Kind != PartitionScheme.None.Kind && !(partition.HasWindow && loader.Partitions.HasWindows))
        {
            // Where windows cannot be told to overlap, the table is read as what has been loaded so far; but something must have been, and nothing have failed.
            IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(loader.Name, cancellationToken).ConfigureAwait(false);
            foreach (PartitionEntry entry in entries.Where(entry => entry.LoadedRunId is not null))
            {
                runs[entry.Partition] = entry.LoadedRunId!.Value;
            }

            string? missing = entries.FirstOrDefault(entry => entry.State == PartitionState.Failed && CanBeLoaded(loader, entry))?.Partition
                ?? (runs.Count > 0 ? null : loader.Partitions.All().FirstOrDefault()?.Key ?? loader.Partitions.KeyForm);
            return (missing, read with { Whole = true });
        }

        List<Partition> all = [.. new ReadSpan(loader.Partitions, ReadSpan.EarlierOf(planned.Pipeline.Descriptor, [table])).Needed(partition)];
        bool byTimes = TimedReaders.AreReadBy(planned, loader, table);
        Dictionary<string, PartitionEntry>? known = all.Count <= FewWindows && !byTimes
            ? null
            : (await destination.Ledger.GetPartitionsAsync(loader.Name, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Partition, StringComparer.Ordinal);
        foreach (Partition needed in all)
        {
            PartitionEntry? entry = known is null
                ? await destination.Ledger.FindPartitionAsync(loader.Name, needed.Key, cancellationToken).ConfigureAwait(false)
                : known.GetValueOrDefault(needed.Key);
            if (entry?.State is not (PartitionState.Complete or PartitionState.Partial or PartitionState.Stale))
            {
                return (needed.Key, read);
            }

            if (entry.LoadedRunId is { } run)
            {
                runs[needed.Key] = run;
            }
        }

        if (!byTimes)
        {
            return (null, read);
        }

        // Each of its windows may change rows that this one reads, also while it runs.
        foreach (PartitionEntry entry in known!.Values.Where(entry => entry.LoadedRunId is not null))
        {
            runs[entry.Partition] = entry.LoadedRunId!.Value;
        }

        return (null, read with { Whole = true });
    }

    /// <summary>A file that is gone, or a window before the pipeline's start, cannot be waited for; `status` and `retry` tell of it.</summary>
    private static bool CanBeLoaded(PipelineDescriptor loader, PartitionEntry entry)
    {
        try
        {
            return loader.Partitions.Parse(entry.Partition).Key == entry.Partition;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private static PipelineException Missing(PipelineDescriptor loader, TableContract table, string partition)
    {
        string command = partition == "all" ? $"run {loader.Name}" : $"run {loader.Name} --partition {partition}";
        return new PipelineException(
            FailureKind.Upstream,
            $"it reads the table {table.DisplayName}, and partition {partition} of the pipeline {loader.Name}, which loads that, is not complete",
            $"Load it first (`{command}`), then run this partition again.");
    }
}
