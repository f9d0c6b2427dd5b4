namespace TypedPipelines;

/// <summary>An asynchronous sequence as a source: rows are numbered, since they have no lines.</summary>
internal sealed class AsyncSequenceSource<TRow>(string name, IAsyncEnumerator<TRow> rows, bool mutable) : IRowSource<TRow>
{
    private long _number;

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        batch.Begin(name);
        while (!batch.IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await rows.MoveNextAsync().ConfigureAwait(false))
            {
                return false;
            }

            TRow row = rows.Current ?? throw NullRow.From(name, _number + 1);
            if (mutable && batch.EndsWith(row))
            {
                throw ReusedRow.From(name, _number + 1);
            }

            batch.Add(row, ++_number);
        }

        return true;
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
