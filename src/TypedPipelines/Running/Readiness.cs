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

    private IReadOnlyDictionary<string, PipelineException> _refused = new Dictionary<string, PipelineException>();

    /// <summary>Prepares the tables of what the plan runs, and has its SQL steps looked at.</summary>
    /// <exception cref="PipelineException">Every pipeline of the plan is refused, or the destination cannot be reached.</exception>
    internal async Task PrepareAsync(IReadOnlyList<PlannedPartition> plan, CancellationToken cancellationToken)
    {
        var statements = new SqlStepCheck(destination);
        var history = new PartitionHistory(destination);
        var shared = new SharedTables(catalog, destination);
        var first = plan.Where(planned => planned.Runs).DistinctBy(planned => planned.Pipeline.Descriptor.Name).ToDictionary(planned => planned.Pipeline.Descriptor);
        _refused = await RefusedAsync(
            [.. first.Keys],
            async pipelines =>
            {
                await PrepareTablesAsync(pipelines, cancellationToken).ConfigureAwait(false);
                await shared.CheckAsync(pipelines, cancellationToken).ConfigureAwait(false);
                await history.CheckAsync(pipelines, cancellationToken).ConfigureAwait(false);
                await statements.RunAsync([.. pipelines.Select(pipeline => first[pipeline])], cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    /// <summary>Prepares the tables of pipelines.</summary>
    /// <returns>The pipelines that are refused, and why.</returns>
    /// <exception cref="PipelineException">Every one is refused, or the destination cannot be reached.</exception>
    internal Task<IReadOnlyDictionary<string, PipelineException>> PrepareAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken) =>
        RefusedAsync(pipelines, some => PrepareTablesAsync(some, cancellationToken));

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

    /// <summary>All at once; and where that is refused, one after the other.</summary>
    private static async Task<IReadOnlyDictionary<string, PipelineException>> RefusedAsync(
        IReadOnlyList<PipelineDescriptor> pipelines, Func<IReadOnlyList<PipelineDescriptor>, Task> prepare)
    {
        var refused = new Dictionary<string, PipelineException>(StringComparer.Ordinal);
        try
        {
            await prepare(pipelines).ConfigureAwait(false);
        }
        catch (PipelineException) when (pipelines.Count > 1)
        {
            foreach (PipelineDescriptor pipeline in pipelines)
            {
                long started = Stopwatch.GetTimestamp();
                try
                {
                    await prepare([pipeline]).ConfigureAwait(false);
                }
                catch (PipelineException refusal) when (Stopwatch.GetElapsedTime(started) < Patience)
                {
                    refused[pipeline.Name] = refusal;
                }
            }

            if (refused.Count == pipelines.Count)
            {
                throw;
            }
        }

        return refused;
    }

    /// <summary>Only what is loaded: a table that is only read must be there, or its absence would be taken for no rows.</summary>
    private async Task PrepareTablesAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        List<TableContract> tables = [.. pipelines
            .SelectMany(pipeline => pipeline.Loads.Select(load => load.Contract))
            .DistinctBy(table => table.DisplayName)];
        if (tables.Count > 0)
        {
            await destination.PrepareAsync(tables, table => catalog.LoaderOf(table)?.Descriptor.Name, cancellationToken).ConfigureAwait(false);
        }
    }
}
