using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>One run of a batch, chunk by chunk. What goes wrong is noted in the ledger, as the runner does, when it would publish.</summary>
internal sealed class Worker(IPartitionSession session, TestContract table, Shape shape, Batch batch, Guid run) : IAsyncDisposable
{
    private readonly List<Reject> _rejects = [];
    private LoadInput<object?[]>? _load;
    private int _staged;
    private PipelineException? _failure;

    internal Batch Batch { get; } = batch;

    internal Guid Run { get; } = run;

    internal PartitionEntry? Before => session.Before;

    internal async Task StageAsync()
    {
        while (await StageNextAsync())
        {
        }
    }

    /// <returns>Whether there is more.</returns>
    internal async Task<bool> StageNextAsync()
    {
        try
        {
            _load ??= new LoadInput<object?[]>(
                table, await session.StageAsync(table, CancellationToken.None), RunSlice.Of(TestDatabase.Day(Model.By(Batch.Day)), TestDatabase.Now()), new QuarantineSink(_rejects));
            for (int end = Math.Min(_staged + Batch.Chunk, Batch.Rows.Length); _staged < end; _staged++)
            {
                _load.Add(Shapes.Given(shape, Batch.Rows[_staged]), _staged);
            }

            await _load.FlushAsync(new Positions(), CancellationToken.None);
        }
        catch (PipelineException e)
        {
            _failure = e;
        }

        return _failure is null && _staged < Batch.Rows.Length;
    }

    /// <returns>Why nothing was published; null where all was.</returns>
    internal async Task<FailureKind?> PublishAsync()
    {
        if (_failure is null)
        {
            try
            {
                var counts = new RowCounts(Batch.Rows.Length, _load!.Staged, _load.Dropped, _load.Rejected);
                await session.PublishAsync(TestDatabase.Succeeded() with { Counts = counts, Rejects = _rejects }, CancellationToken.None);
                return null;
            }
            catch (PipelineException e)
            {
                _failure = e;
            }
        }

        await session.FailAsync(TestDatabase.Failed(_failure.What) with { FailureKind = _failure.Kind }, CancellationToken.None);
        return _failure.Kind;
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private sealed class Positions : IRowPositions
    {
        public RowPosition PositionOf(int row) => new("random", row + 1);
    }
}
