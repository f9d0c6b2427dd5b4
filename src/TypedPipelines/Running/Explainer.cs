using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Says what is known of one partition. Changes nothing.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="destination">The destination with the ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class Explainer(PipelineCatalog catalog, IDestination destination, TimeProvider clock)
{
    private const int LastRuns = 10;

    /// <summary>More than any pipeline declares.</summary>
    private const int MostChecks = 10_000;

    /// <summary>Explains a partition.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The partition's key.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="PipelineException">The pipeline or the partition does not exist, or its window has not ended.</exception>
    public async Task<PartitionExplanation> ExplainAsync(string pipeline, string key, CancellationToken cancellationToken)
    {
        var planner = new Planner(catalog, destination, clock);
        PlannedPartition one = planner.PlanOne(pipeline, key);
        string name = one.Partition.Key;
        // Whether it is looked back at, only the others tell; else they are left alone, for of files each would be read.
        BackfillRequest request = one.Pipeline.Descriptor.Partitions.LookBack > 0 ? new([pipeline]) : new([pipeline], name, name);
        IReadOnlyList<PlannedPartition> plan = await planner.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        return new PartitionExplanation(
            plan.FirstOrDefault(planned => planned.Partition.Key == name) ?? one,
            await destination.Ledger.FindPartitionAsync(pipeline, name, cancellationToken).ConfigureAwait(false),
            await UpstreamOfAsync(one, cancellationToken).ConfigureAwait(false),
            await destination.Ledger.GetRunsOfAsync(pipeline, name, LastRuns, cancellationToken).ConfigureAwait(false))
        {
            Checks = await destination.Ledger.GetChecksAsync(pipeline, name, true, MostChecks, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyList<UpstreamPartition>> UpstreamOfAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        var upstream = new List<UpstreamPartition>();
        foreach (TableContract table in planned.Pipeline.Descriptor.Reads)
        {
            if (catalog.LoaderOf(table)?.Descriptor is not { } loader || loader.Name == planned.Pipeline.Descriptor.Name)
            {
                continue;
            }

            Dictionary<string, PartitionEntry> known = (await destination.Ledger.GetPartitionsAsync(loader.Name, cancellationToken).ConfigureAwait(false))
                .ToDictionary(entry => entry.Partition, StringComparer.Ordinal);
            IEnumerable<Partition> read = planned.Partition.HasWindow && loader.Partitions.HasWindows
                ? new ReadSpan(loader.Partitions, ReadSpan.EarlierOf(planned.Pipeline.Descriptor, [table])).Needed(planned.Partition)
                : loader.Partitions.LoadableAt(clock.GetUtcNow());
            upstream.AddRange(read.Select(partition => new UpstreamPartition(loader.Name, table.DisplayName, partition.Key, known.GetValueOrDefault(partition.Key))));
        }

        return upstream;
    }
}
