namespace TypedPipelines;

/// <summary>A sequence as a source: rows are numbered, since they have no lines.</summary>
internal sealed class SequenceSource<TRow>(string name, IEnumerator<TRow> rows, bool mutable) : IRowSource<TRow>
{
    private long _number;

    public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        batch.Begin(name);
        while (!batch.IsFull)
        {
            if (!rows.MoveNext())
            {
                return new ValueTask<bool>(false);
            }

            TRow row = rows.Current ?? throw NullRow.From(name, _number + 1);
            if (mutable && batch.EndsWith(row))
            {
                throw ReusedRow.From(name, _number + 1);
            }

            batch.Add(row, ++_number);
        }

        return new ValueTask<bool>(true);
    }

    public ValueTask DisposeAsync()
    {
        rows.Dispose();
        return ValueTask.CompletedTask;
    }
}
