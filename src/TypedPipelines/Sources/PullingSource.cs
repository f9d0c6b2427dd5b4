using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>What a step makes of rows that it pulls: when it has given its last row, what it left of its own rows is read, too.</summary>
internal sealed class PullingSource<TIn, TRow>(AsyncSequenceSource<TRow> rows, StepInput<TIn> input) : IRowSource<TRow>
{
    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        bool more = await rows.ReadAsync(batch, cancellationToken).ConfigureAwait(false);
        if (!more)
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }

        return more;
    }

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync().ConfigureAwait(false);
        await input.DisposeAsync().ConfigureAwait(false);
    }
}
