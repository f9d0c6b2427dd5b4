using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>
/// The rows of a table, or of a SQL step's statement, by one statement over a connection of its own: its rows are those of one moment,
/// which no publish changes.
/// </summary>
internal sealed class SqlServerRowSource<TRow>(SqlServerDatabase database, SqlDataReader rows, IRowContract<TRow> contract, ResultColumns? columns = null) : IRowSource<TRow>
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
                await FillAsync(batch, new SqlServerRowReader(rows, contract), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                batch.Begin(columns.Query.Step);
                await FillAsync(batch, new ResultRowReader<SqlServerRowReader>(new SqlServerRowReader(rows, contract, columns), columns), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (database.IsReported(e))
        {
            Exception explained = database.Explain(e, cancellationToken);
            throw columns is null ? explained : StepStatement.Failure(columns.Query, explained);
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
