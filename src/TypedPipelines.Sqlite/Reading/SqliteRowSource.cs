namespace TypedPipelines.Sqlite;

/// <summary>
/// The rows of a table as of one moment: over a connection of its own, whose one statement is one transaction, so that
/// neither a publish nor the session's staging changes what it sees.
/// </summary>
internal sealed class SqliteRowSource<TRow>(SqliteDatabase database, SqliteQuery query, TableContract<TRow> contract) : IRowSource<TRow>
{
    private long _read;
    private bool _ended;

    public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Begin(contract.DisplayName);
        var reader = new SqliteRowReader(query.Handle, contract);
        while (!_ended && !batch.IsFull)
        {
            // Once more after the last row would begin anew.
            _ended = !query.Step();
            if (!_ended)
            {
                batch.Add(contract.Read(ref reader), ++_read);
            }
        }

        return ValueTask.FromResult(!_ended);
    }

    public ValueTask DisposeAsync()
    {
        query.Dispose();
        database.Dispose();
        return ValueTask.CompletedTask;
    }
}
