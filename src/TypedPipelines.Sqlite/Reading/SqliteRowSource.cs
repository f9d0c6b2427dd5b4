namespace TypedPipelines.Sqlite;

/// <summary>
/// The rows of a table, or of a SQL step's statement, as of one moment: over a connection of its own, whose one statement is one
/// transaction, so that neither a publish nor the session's staging changes what it sees.
/// </summary>
internal sealed class SqliteRowSource<TRow>(SqliteDatabase database, SqliteQuery query, IRowContract<TRow> contract, ResultColumns? columns = null) : IRowSource<TRow>
{
    private long _read;
    private bool _ended;

    public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (columns is null)
        {
            batch.Begin(contract.DisplayName);
            Fill(batch, new SqliteRowReader(query.Handle, contract));
            return ValueTask.FromResult(!_ended);
        }

        batch.Begin(columns.Query.Step);
        try
        {
            // A statement may be at work for long before it gives its first row.
            using StoppableStatements statements = database.StopAt(cancellationToken);
            Fill(batch, new ResultRowReader<SqliteRowReader>(new SqliteRowReader(query.Handle, contract, columns), columns));
        }
        catch (PipelineException e)
        {
            throw StepStatement.Failure(columns.Query, e);
        }

        return ValueTask.FromResult(!_ended);
    }

    public ValueTask DisposeAsync()
    {
        query.Dispose();
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fill<TReader>(RowBatch<TRow> batch, TReader reader)
        where TReader : struct, IRowReader
    {
        while (!_ended && !batch.IsFull)
        {
            // Once more after the last row would begin anew.
            _ended = !query.Step();
            if (!_ended)
            {
                batch.Add(contract.Read(ref reader), ++_read);
            }
        }
    }
}
