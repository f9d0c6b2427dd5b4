using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// The partitions that were made from what a run loads: those of pipelines that read its tables, at their own grain, and of a history
/// the later ones, each of which says what changed since the one before; of a merge with deletion marks those that may have deleted what is back, or brought back what is deleted.
/// </summary>
internal sealed class Dependents(PipelineCatalog catalog)
{
    internal IReadOnlyList<RestatedPartitions> Of(PlannedPartition planned)
    {
        PipelineDescriptor pipeline = planned.Pipeline.Descriptor;
        var restated = new List<RestatedPartitions>();
        if (pipeline.Partitions.HasWindows && pipeline.Loads.Any(load => load.Contract.Strategy == LoadStrategy.History))
        {
            restated.Add(OfHistory(pipeline, planned.Partition));
        }
        else if (pipeline.Partitions.HasWindows && pipeline.Loads.Any(load => load.Contract.DeleteMissing is { OnlyByLatest: true }))
        {
            restated.Add(OfLatest(pipeline, planned.Partition));
        }

        if (pipeline.Partitions.HasWindows && pipeline.Loads.Any(load => load.Contract.Strategy == LoadStrategy.Merge && load.Contract.Columns.Any(column => !column.Stored)))
        {
            restated.Add(OfMarkers(pipeline, planned.Partition));
        }

        restated.AddRange(catalog.ReadersOf(planned.Pipeline).Select(reader => OfReader(reader.Descriptor, planned)));
        return restated;
    }

    /// <summary>Those that read rows of a merge by their times, whatever window that is of.</summary>
    internal IReadOnlyList<RestatedRows> RowsOf(PlannedPartition planned) => [.. TimedReaders.Of(planned, catalog.ReadersOf(planned.Pipeline))];

    /// <summary>The pipelines of which a run can make partitions stale that a plan has found up to date.</summary>
    internal IEnumerable<string> PipelinesOf(PipelineRegistration pipeline) =>
        catalog.ReadersOf(pipeline).Select(reader => reader.Descriptor.Name).Append(pipeline.Descriptor.Name);

    /// <summary>Whether a partition of a pipeline, by its key, comes after another; null where they have no order.</summary>
    internal static Func<string, bool>? After(PipelineDescriptor pipeline, Partition partition) =>
        pipeline.Partitions.HasWindows ? key => IsLater(pipeline.Partitions, key, partition) : null;

    private static RestatedPartitions OfHistory(PipelineDescriptor pipeline, Partition partition) =>
        new(pipeline.Name, $"partition {partition.Key}, an earlier window of its history, was loaded again")
        {
            Among = loaded => loaded.Where(key => IsLater(pipeline.Partitions, key, partition)),
        };

    /// <summary>A deletion that a row's marker asked for leaves no trace: what it deleted, an older batch brings back; and what a later one brought back, an older batch deletes.</summary>
    private static RestatedPartitions OfMarkers(PipelineDescriptor pipeline, Partition partition) =>
        new(pipeline.Name, $"partition {partition.Key}, an earlier window, was loaded again and inserted or deleted rows, which may be rows that this one deletes or brings back")
        {
            ByPresence = true,
            Among = loaded => loaded.Where(key => IsLater(pipeline.Partitions, key, partition)),
        };

    /// <summary>What an older batch brought back, the latest one, which deletes what it does not have, takes out again.</summary>
    private static RestatedPartitions OfLatest(PipelineDescriptor pipeline, Partition partition) =>
        new(pipeline.Name, $"partition {partition.Key}, an earlier window, was loaded again, and the latest one deletes what its rows no longer have")
        {
            Among = loaded => loaded
                .Where(key => IsLater(pipeline.Partitions, key, partition))
                .Select(pipeline.Partitions.Parse)
                .OrderByDescending(window => window.Start)
                .Take(1)
                .Select(window => window.Key),
        };

    private static RestatedPartitions OfReader(PipelineDescriptor reader, PlannedPartition planned)
    {
        PipelineDescriptor loader = planned.Pipeline.Descriptor;
        var restated = new RestatedPartitions(reader.Name, $"partition {planned.Partition.Key} of {loader.Name}, which it reads, was loaded again");
        bool bothHaveWindows = planned.Partition.HasWindow && reader.Partitions.HasWindows;
        var span = new ReadSpan(loader.Partitions, ReadSpan.EarlierOf(reader, loader.Loads.Select(load => load.Contract)));
        if (bothHaveWindows && span.Until(planned.Partition) is { } until)
        {
            return restated with { Partitions = [.. reader.Partitions.Overlapping(planned.Partition.Start, until).Select(window => window.Key)] };
        }

        // Where windows cannot be told to overlap, all that was made was made from it; where all earlier ones are read, all that came later.
        return bothHaveWindows ? restated with { Among = loaded => loaded.Where(key => EndsAfter(reader.Partitions, key, planned.Partition.Start)) } : restated;
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
