using System.Runtime.CompilerServices;

namespace TypedPipelines.Running;

/// <summary>
/// An open source in a run: reads it batch by batch, counts its rows, attributes its failures, and stops the run where it
/// rejected more rows than it declares.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class SourceReader<TRow> : IAsyncDisposable
{
    private readonly IRowSource<TRow> _source;
    private readonly PartitionRun _run;
    private readonly NodeDescriptor _node;
    private readonly StepCount _count;
    private readonly RejectSink? _rejects;
    private bool _ended;

    internal SourceReader(IRowSource<TRow> source, PartitionRun run, NodeDescriptor node, StepCount count, RejectSink? rejects)
    {
        _source = source;
        _run = run;
        _node = node;
        _count = count;
        _rejects = rejects;
    }

    /// <summary>The rows read last.</summary>
    public RowBatch<TRow> Batch { get; } = new();

    /// <summary>Reads the next batch.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Whether there is one.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        cancellationToken.ThrowIfCancellationRequested();
        Batch.Begin(_node.Name);
        try
        {
            _ended = !await _source.ReadAsync(Batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not PipelineException && _run.IsFailure(e))
        {
            throw StepFailure.InSource(_node, _count.Out + Batch.Count, e);
        }
        finally
        {
            // Also where the source gave up in the middle of a batch: its rows were read.
            _count.Add(_node.BringsRows ? Batch.Count : 0, Batch.Count);
        }

        if (_node.BringsRows)
        {
            _run.ReportRead(Batch.Count);
        }

        if (_ended)
        {
            _rejects?.CheckShare(_count.Out);
        }

        return Batch.Count > 0 || !_ended;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
