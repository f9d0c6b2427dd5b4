using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedPipelines.Running;

/// <summary>The host's listeners, none of which can do a run any harm.</summary>
internal sealed class RunListeners(IServiceProvider? services, ILogger notices)
{
    private readonly IRunListener[] _listeners = services is null ? [] : [.. services.GetServices<IRunListener>()];

    internal Task StartedAsync(RunNotice run, CancellationToken cancellationToken) =>
        TellAsync(run, listener => listener.StartedAsync(run, cancellationToken));

    internal Task EndedAsync(RunNotice run, PartitionResult result, DateTimeOffset endedAt) =>
        TellAsync(run, listener => listener.EndedAsync(run, result, endedAt, CancellationToken.None));

    private async Task TellAsync(RunNotice run, Func<IRunListener, Task> tell)
    {
        foreach (IRunListener listener in _listeners)
        {
            try
            {
                await tell(listener).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                string what = e is PipelineException known ? known.Message : $"{e.GetType().Name}: {e.Message}";
                RunLog.NotTold(notices, run.Planned.Pipeline.Descriptor.Name, run.Planned.Partition.Key, listener.GetType().Name, what);
            }
        }
    }
}
