using Quartz;

namespace TypedPipelines.Scheduling;

/// <summary>A time of a pipeline that has come.</summary>
/// <param name="due">Told the pipeline's name.</param>
internal sealed class DueJob(Action<string> due) : IJob
{
    /// <inheritdoc/>
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        due(context.JobDetail.Key.Name);
        return ValueTask.CompletedTask;
    }
}
