using Microsoft.Extensions.Logging;
using TypedPipelines.Alerts;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Carries out a plan, partition by partition.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="destination">Where to load.</param>
/// <param name="clock">The clock.</param>
/// <param name="loggers">Where to log.</param>
/// <param name="options">How to behave.</param>
/// <param name="services">The host's services, for pipelines whose steps are not static; each run of a partition has a scope of its own.</param>
public sealed class PipelineRunner(
    PipelineCatalog catalog, IDestination destination, TimeProvider clock, ILoggerFactory loggers, RunOptions options, IServiceProvider? services = null)
{
    private readonly PartitionExecutor _executor = new(catalog, destination, clock, loggers, options, services);

    /// <summary>
    /// Runs the plan in its order, as many partitions at the same time as the options say. A partition that fails does not stop the others, but those that read
    /// what it should have loaded are blocked, and so are those of a pipeline whose table or SQL step the destination refuses. After a cancel, or after as many
    /// failures as the options admit, the partitions being worked on come to their end, after a cancel without any change, and the rest is not begun.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What became of each partition that was begun or passed over, in the order in which they ended.</returns>
    /// <exception cref="PipelineException">The destination cannot be reached, or refuses the table or the SQL step of every pipeline that is to run.</exception>
    public async Task<IReadOnlyList<PartitionResult>> RunAsync(
        IReadOnlyList<PlannedPartition> plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(observer);
        WarnOfUnknownTables(plan);
        if (AlertCentre.Begin(services, destination, clock, loggers) is not { } alerts)
        {
            return await ExecuteAsync(plan, observer, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await ExecuteAsync(plan, new AlertingObserver(observer, alerts), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            alerts.TakeLate(plan.Select(planned => planned.Pipeline.Descriptor));
            await alerts.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs the plan in its order, with nobody watching: the log and the result say what becomes of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What became of each partition that was begun or passed over, in the order in which they ended.</returns>
    /// <exception cref="PipelineException">The destination cannot be reached, or refuses the table or the SQL step of every pipeline that is to run.</exception>
    public Task<IReadOnlyList<PartitionResult>> RunAsync(IReadOnlyList<PlannedPartition> plan, CancellationToken cancellationToken) =>
        RunAsync(plan, new Nobody(), cancellationToken);

    /// <summary>The partitions that are late: their pipeline says when they are due, and they are not complete. Whoever gets alerts is told of them, once.</summary>
    /// <param name="pipelines">The pipelines.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Those that are late, in the order of the pipelines and in time order.</returns>
    public async Task<IReadOnlyList<LatePartition>> FindLateAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        var found = new List<LatePartition>();
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            found.AddRange(await LatePartition.FindAsync(pipeline, destination.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false));
        }

        if (AlertCentre.Begin(services, destination, clock, loggers) is { } alerts)
        {
            alerts.TakeLate(pipelines);
            await alerts.EndAsync().ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Looks for what an undo of a partition's last load would put back. Changes nothing.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was replaced; null where the last load has been undone already.</returns>
    /// <exception cref="PipelineException">The load cannot be undone, and why.</exception>
    public Task<ReplacedLoad?> FindReplacedAsync(PipelineDescriptor pipeline, Partition partition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(partition);
        return new LoadUndo(catalog, destination, clock, loggers, options).FindAsync(pipeline, partition, cancellationToken);
    }

    /// <summary>
    /// Undoes the last load of a partition: in one transaction the rows that it replaced are in the tables again, the ledger says of the partition
    /// what it said before, and what was made of the rows becomes stale.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="replaced">What was found to have been replaced.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <returns>What was done to each table.</returns>
    /// <exception cref="PipelineException">Something else was loaded or undone in the meantime, or the destination refuses it. Nothing was changed.</exception>
    public Task<IReadOnlyList<LoadedTable>> UndoAsync(PipelineDescriptor pipeline, Partition partition, ReplacedLoad replaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(partition);
        ArgumentNullException.ThrowIfNull(replaced);
        return new LoadUndo(catalog, destination, clock, loggers, options).RunAsync(
            catalog.Pipelines.First(each => each.Descriptor == pipeline), partition, replaced, cancellationToken);
    }

    private async Task<IReadOnlyList<PartitionResult>> ExecuteAsync(IReadOnlyList<PlannedPartition> plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var readiness = new Readiness(catalog, destination);
        await readiness.PrepareAsync(plan, cancellationToken).ConfigureAwait(false);
        var plans = new PlanExecutor(catalog, destination, _executor, readiness, new OneAtATime(observer), options.MaxFailures);
        return await plans.RunAsync(plan, options.Parallel, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Creates what is missing of the tables that pipelines load, and brings them to their contracts' shape. A run does so by itself; where a plan
    /// has nothing to run, this finds out whether that is because nobody has looked: a table that gains a column makes its partitions stale.
    /// </summary>
    /// <param name="pipelines">The pipelines.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The pipelines whose tables the destination refuses, by their names, and why; the others are prepared.</returns>
    /// <exception cref="PipelineException">It refuses those of every pipeline, or cannot be reached.</exception>
    public Task<IReadOnlyDictionary<string, PipelineException>> PrepareAsync(IEnumerable<PipelineDescriptor> pipelines, CancellationToken cancellationToken) =>
        new Readiness(catalog, destination).PrepareAsync([.. pipelines.Distinct()], cancellationToken);

    /// <summary>Another program may load them, so it is no error; but a pipeline that was left out of this one looks the same.</summary>
    private void WarnOfUnknownTables(IReadOnlyList<PlannedPartition> plan)
    {
        ILogger log = loggers.CreateLogger(RunLog.Notices);
        foreach (PipelineDescriptor pipeline in plan.Where(planned => planned.Runs).Select(planned => planned.Pipeline.Descriptor).Distinct())
        {
            foreach (TableContract table in pipeline.Reads.Where(table => catalog.LoaderOf(table) is null))
            {
                RunLog.ReadsUnknown(log, pipeline.Name, table.DisplayName);
            }
        }
    }

    private sealed class Nobody : IRunObserver
    {
        public void Started(PlannedPartition planned)
        {
        }

        public void RowsRead(PlannedPartition planned, long rows)
        {
        }

        public void Finished(PartitionResult result)
        {
        }
    }
}
