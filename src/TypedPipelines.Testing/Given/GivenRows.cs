namespace TypedPipelines.Testing;

/// <summary>Rows of a test as an open source.</summary>
internal sealed class GivenRows<TRow>(string source, IReadOnlyList<TRow> rows, int? mostInBatch) : IRowSource<TRow>
{
    private int _next;

    public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Begin(source);
        while (_next < rows.Count && !batch.IsFull && batch.Count < (mostInBatch ?? int.MaxValue))
        {
            batch.Add(rows[_next] ?? throw NullRow.From(source, _next + 1), _next + 1);
            _next++;
        }

        return ValueTask.FromResult(_next < rows.Count);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
