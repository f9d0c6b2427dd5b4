using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// The rows of a table, or of a SQL step's statement, as of one moment: over a connection and in a transaction of its own, so that
/// neither a publish nor the session's staging changes what it sees.
/// </summary>
internal sealed class PostgreSqlRowSource<TRow>(PostgreSqlDatabase database, NpgsqlDataReader rows, IRowContract<TRow> contract, ResultColumns? columns = null) : IRowSource<TRow>
{
    private long _read;
    private bool _ended;

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (columns is null)
            {
                batch.Begin(contract.DisplayName);
                await FillAsync(batch, new PostgreSqlRowReader(rows, contract), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                batch.Begin(columns.Query.Step);
                await FillAsync(batch, new ResultRowReader<PostgreSqlRowReader>(new PostgreSqlRowReader(rows, contract, columns), columns), cancellationToken).ConfigureAwait(false);
                if (_ended)
                {
                    await StepStatement.RefuseSecondAsync(columns.Query, rows, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (database.IsReported(e))
        {
            throw columns is null ? PostgreSqlFailure.Of(e, database.Name) : StepStatement.Failure(columns.Query, e, database.Name);
        }

        return !_ended;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_ended)
            {
                // Else the reader would first take in all that is left. The cancellation may come late: nobody else gets the connection.
                database.IsTainted = true;
                database.CancelRead();
            }

            await rows.DisposeAsync().ConfigureAwait(false);
            await database.RollBackAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (database.IsReported(e) || e is PipelineException)
        {
            // All that was asked of the connection has been read.
        }
        finally
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task FillAsync<TReader>(RowBatch<TRow> batch, TReader reader, CancellationToken cancellationToken)
        where TReader : struct, IRowReader
    {
        while (!_ended && !batch.IsFull)
        {
            _ended = !await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!_ended)
            {
                batch.Add(contract.Read(ref reader), ++_read);
            }
        }
    }
}
