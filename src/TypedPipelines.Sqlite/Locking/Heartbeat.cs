using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>Renews a run's lease in the background for as long as the run works on its partition.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    internal Heartbeat(PartitionLock partitionLock, RunIdentity run, TimeSpan lease, TimeProvider time, ILogger logger) =>
        _beating = Task.Run(() => BeatAsync(partitionLock, run, lease, time, logger));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task BeatAsync(PartitionLock partitionLock, RunIdentity run, TimeSpan lease, TimeProvider time, ILogger logger)
    {
        using var timer = new PeriodicTimer(lease / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    if (!partitionLock.Renew(time.GetUtcNow() + lease))
                    {
                        logger.LeaseNotRenewed(run.Pipeline, run.Partition.Key, "another run took it over");
                        return;
                    }
                }
                catch (PipelineException e)
                {
                    // The next beat may succeed; if none does, the publish finds the lock lost.
                    logger.LeaseNotRenewed(run.Pipeline, run.Partition.Key, e.What);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
