using System.Collections.Concurrent;
using TypedPipelines.Running;

namespace TypedPipelines.OpenLineage;

/// <summary>Tells an OpenLineage server of runs: START, then exactly one of COMPLETE, FAIL and ABORT.</summary>
internal sealed class LineageListener(OpenLineageOptions options) : IRunListener, IDisposable
{
    private readonly LineageTransport _transport = new(options);

    /// <summary>Asked for once for each pipeline: names do not change while a program runs, and a backfill has many partitions.</summary>
    private readonly ConcurrentDictionary<PipelineDescriptor, LineageDatasets> _datasets = [];

    public Task StartedAsync(RunNotice run, CancellationToken cancellationToken) =>
        TellAsync(run, datasets => LineageEvent.Start(run, datasets, options), cancellationToken);

    public Task EndedAsync(RunNotice run, PartitionResult result, DateTimeOffset endedAt, CancellationToken cancellationToken) =>
        TellAsync(run, datasets => LineageEvent.End(run, datasets, result, endedAt, options), cancellationToken);

    public void Dispose() => _transport.Dispose();

    private async Task TellAsync(RunNotice run, Func<LineageDatasets, ReadOnlyMemory<byte>> write, CancellationToken cancellationToken)
    {
        if (!_transport.IsOpen)
        {
            return;
        }

        PipelineDescriptor pipeline = run.Planned.Pipeline.Descriptor;
        if (!_datasets.TryGetValue(pipeline, out LineageDatasets? datasets))
        {
            datasets = _datasets[pipeline] = await LineageDatasets.FindAsync(run, options.Namespace, cancellationToken).ConfigureAwait(false);
        }

        await _transport.SendAsync(write(datasets), cancellationToken).ConfigureAwait(false);
    }
}
