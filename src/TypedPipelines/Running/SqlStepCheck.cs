using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// Has the destination look at the statements of SQL steps before anything runs: a name that is wrong, or a column that the rows do not
/// have, is told at once and not in the middle of the night.
/// </summary>
internal sealed class SqlStepCheck(IDestination destination)
{
    /// <param name="partitions">One of each pipeline.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async Task RunAsync(IReadOnlyList<PlannedPartition> partitions, CancellationToken cancellationToken)
    {
        foreach (PlannedPartition first in partitions)
        {
            foreach (SqlStepDescriptor step in first.Pipeline.Descriptor.SqlSteps)
            {
                await CheckAsync(first, step, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CheckAsync(PlannedPartition planned, SqlStepDescriptor step, CancellationToken cancellationToken)
    {
        SqlQuery query = StepFailure.QueryOf(planned.Pipeline.Descriptor, step, planned.Partition, static _ => true);
        foreach (TableContract table in query.Reads)
        {
            if (await destination.FindTableAsync(table, cancellationToken).ConfigureAwait(false) is null)
            {
                return; // It is not loaded yet: the run itself says so, if it comes to that.
            }
        }

        try
        {
            await destination.CheckAsync(query, step.Contract, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e)
        {
            throw query.Failure(e);
        }
    }
}
