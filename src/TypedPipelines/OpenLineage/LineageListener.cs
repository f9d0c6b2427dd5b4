using TypedPipelines.Running;

namespace TypedPipelines.OpenLineage;

/// <summary>Tells an OpenLineage server of runs: START, then exactly one of COMPLETE, FAIL and ABORT.</summary>
internal sealed class LineageListener(OpenLineageOptions options) : IRunListener, IDisposable
{
    private readonly LineageTransport _transport = new(options);

    public async Task StartedAsync(RunNotice run, CancellationToken cancellationToken)
    {
        if (_transport.IsOpen)
        {
            LineageDatasets datasets = await LineageDatasets.FindAsync(run, options.Namespace, cancellationToken).ConfigureAwait(false);
            await _transport.SendAsync(LineageEvent.Start(run, datasets, options), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EndedAsync(RunNotice run, PartitionResult result, DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        if (_transport.IsOpen)
        {
            LineageDatasets datasets = await LineageDatasets.FindAsync(run, options.Namespace, cancellationToken).ConfigureAwait(false);
            await _transport.SendAsync(LineageEvent.End(run, datasets, result, endedAt, options), cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _transport.Dispose();
}
