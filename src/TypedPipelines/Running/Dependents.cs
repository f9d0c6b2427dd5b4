using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// The partitions that were made from what a run loads: those of pipelines that read its tables, at their own grain, and of a history
/// the later ones, each of which says what changed since the one before.
/// </summary>
internal sealed class Dependents(PipelineCatalog catalog, IDestination destination)
{
    internal async Task<IReadOnlyList<StalePartition>> OfAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        var dependents = new List<StalePartition>();
        PipelineDescriptor pipeline = planned.Pipeline.Descriptor;
        if (pipeline.Partitions.HasWindows && pipeline.Loads.Any(load => load.Contract.Strategy == LoadStrategy.History))
        {
            await AddLaterAsync(dependents, pipeline, planned.Partition, cancellationToken).ConfigureAwait(false);
        }

        foreach (PipelineRegistration reader in catalog.ReadersOf(planned.Pipeline))
        {
            await AddReadersAsync(dependents, reader.Descriptor, planned, cancellationToken).ConfigureAwait(false);
        }

        return dependents;
    }

    private async Task AddLaterAsync(List<StalePartition> dependents, PipelineDescriptor pipeline, Partition partition, CancellationToken cancellationToken)
    {
        foreach (PartitionEntry entry in await destination.Ledger.GetPartitionsAsync(pipeline.Name, cancellationToken).ConfigureAwait(false))
        {
            if (entry.State is PartitionState.Complete or PartitionState.Partial && IsLater(pipeline.Partitions, entry.Partition, partition))
            {
                dependents.Add(new StalePartition(pipeline.Name, entry.Partition, $"partition {partition.Key}, an earlier window of its history, was loaded again"));
            }
        }
    }

    private async Task AddReadersAsync(List<StalePartition> dependents, PipelineDescriptor reader, PlannedPartition planned, CancellationToken cancellationToken)
    {
        string reason = $"partition {planned.Partition.Key} of {planned.Pipeline.Descriptor.Name}, which it reads, was loaded again";
        bool bothHaveWindows = planned.Partition.HasWindow && reader.Partitions.HasWindows;
        PipelineDescriptor loader = planned.Pipeline.Descriptor;
        var span = new ReadSpan(loader.Partitions, ReadSpan.EarlierOf(reader, loader.Loads.Select(load => load.Contract)));
        if (bothHaveWindows && span.Until(planned.Partition) is { } until)
        {
            dependents.AddRange(reader.Partitions.Overlapping(planned.Partition.Start, until)
                .Select(window => new StalePartition(reader.Name, window.Key, reason)));
            return;
        }

        // Where windows cannot be told to overlap, all that was made was made from it; where all earlier ones are read, all that came later.
        IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(reader.Name, cancellationToken).ConfigureAwait(false);
        dependents.AddRange(entries
            .Where(entry => entry.State is PartitionState.Complete or PartitionState.Partial)
            .Where(entry => !bothHaveWindows || EndsAfter(reader.Partitions, entry.Partition, planned.Partition.Start))
            .Select(entry => new StalePartition(reader.Name, entry.Partition, reason)));
    }

    private static bool EndsAfter(PartitionScheme scheme, string key, DateTimeOffset moment)
    {
        try
        {
            return scheme.Parse(key).End > moment;
        }
        catch (PipelineException)
        {
            return false; // Loaded when the pipeline was cut another way.
        }
    }

    private static bool IsLater(PartitionScheme scheme, string key, Partition than)
    {
        try
        {
            return scheme.Parse(key).CompareTo(than) > 0;
        }
        catch (PipelineException)
        {
            return false; // Loaded by a pipeline that was cut another way; it is no partition of this one.
        }
    }
}
