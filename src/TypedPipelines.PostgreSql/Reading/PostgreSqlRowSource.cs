using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// The rows of a table as of one moment: over a connection and in a transaction of its own, so that neither a publish nor the
/// session's staging changes what it sees.
/// </summary>
internal sealed class PostgreSqlRowSource<TRow>(PostgreSqlDatabase database, NpgsqlDataReader rows, TableContract<TRow> contract) : IRowSource<TRow>
{
    private long _read;
    private bool _ended;

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Begin(contract.DisplayName);
        try
        {
            var reader = new PostgreSqlRowReader(rows, contract);
            while (!_ended && !batch.IsFull)
            {
                _ended = !await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (!_ended)
                {
                    batch.Add(contract.Read(ref reader), ++_read);
                }
            }
        }
        catch (Exception e) when (database.IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, database.Name);
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
}
