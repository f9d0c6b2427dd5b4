using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>The rows of a table, by one statement over a connection of its own: its rows are those of one moment, which no publish changes.</summary>
internal sealed class SqlServerRowSource<TRow>(SqlServerDatabase database, SqlDataReader rows, TableContract<TRow> contract) : IRowSource<TRow>
{
    private long _read;
    private bool _ended;

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Begin(contract.DisplayName);
        try
        {
            var reader = new SqlServerRowReader(rows, contract);
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
            throw database.Explain(e, cancellationToken);
        }

        return !_ended;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_ended)
            {
                // Else the reader would first take in all that is left.
                database.CancelRead();
            }

            await rows.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (database.IsReported(e))
        {
            // All that was asked of the connection has been read.
        }
        finally
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }
}
