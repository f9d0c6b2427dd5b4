using System.Diagnostics;
using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// Which of a plan's pipelines the destination takes: their tables are created or have the contracts' shape, and their SQL steps are
/// understood. A pipeline that it refuses is passed over, and so are those that read its tables; the others run.
/// </summary>
internal sealed class Readiness(PipelineCatalog catalog, IDestination destination)
{
    /// <summary>A refusal comes at once; what takes longer is a server that does not answer, and would not answer for the next pipeline.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SqlStepCheck _statements = new(destination);
    private readonly Dictionary<string, PipelineException> _refused = new(StringComparer.Ordinal);

    /// <summary>Prepares what the plan runs.</summary>
    /// <exception cref="PipelineException">Every pipeline of the plan is refused, or the destination cannot be reached.</exception>
    internal async Task PrepareAsync(IReadOnlyList<PlannedPartition> plan, CancellationToken cancellationToken)
    {
        List<PlannedPartition> first = [.. plan.Where(planned => planned.Runs).DistinctBy(planned => planned.Pipeline.Descriptor.Name)];
        try
        {
            await PrepareAllAsync(first, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException) when (first.Count > 1)
        {
            foreach (PlannedPartition planned in first)
            {
                await PrepareOneAsync(planned, cancellationToken).ConfigureAwait(false);
            }

            if (_refused.Count == first.Count)
            {
                throw;
            }
        }
    }

    /// <summary>How a partition of a pipeline that is not ready ends; null where it can run.</summary>
    internal PartitionResult? RefusalOf(PlannedPartition planned)
    {
        PipelineDescriptor pipeline = planned.Pipeline.Descriptor;
        if (_refused.TryGetValue(pipeline.Name, out PipelineException? refusal))
        {
            return Blocked(planned, refusal);
        }

        foreach (TableContract table in pipeline.Reads)
        {
            if (catalog.LoaderOf(table)?.Descriptor.Name is { } loader && _refused.ContainsKey(loader))
            {
                return Blocked(planned, new PipelineException(
                    FailureKind.Upstream,
                    $"it reads the table {table.DisplayName}, and the pipeline {loader}, which loads that, cannot run",
                    "Mend that first, then run this partition again."));
            }
        }

        return null;
    }

    private static PartitionResult Blocked(PlannedPartition planned, PipelineException failure) =>
        new(planned, PartitionStatus.Blocked, null, default, [], TimeSpan.Zero, failure);

    private async Task PrepareOneAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await PrepareAllAsync([planned], cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException refusal) when (Stopwatch.GetElapsedTime(started) < Patience)
        {
            _refused[planned.Pipeline.Descriptor.Name] = refusal;
        }
    }

    private async Task PrepareAllAsync(IReadOnlyList<PlannedPartition> first, CancellationToken cancellationToken)
    {
        // Only what is loaded: a table that is only read must be there, or its absence would be taken for no rows.
        await TablesAsync(catalog, destination, first.Select(planned => planned.Pipeline.Descriptor), cancellationToken).ConfigureAwait(false);
        await _statements.RunAsync(first, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates what is missing of the tables that pipelines load, and brings them to their contracts' shape.</summary>
    internal static async Task TablesAsync(
        PipelineCatalog catalog, IDestination destination, IEnumerable<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        List<TableContract> tables = [.. pipelines
            .Distinct()
            .SelectMany(pipeline => pipeline.Loads.Select(load => load.Contract))
            .DistinctBy(table => table.DisplayName)];
        if (tables.Count > 0)
        {
            await destination.PrepareAsync(tables, table => catalog.LoaderOf(table)?.Descriptor.Name, cancellationToken).ConfigureAwait(false);
        }
    }
}
