using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;

namespace TypedPipelines.Queries;

/// <summary>A query, open for reading row by row.</summary>
internal sealed class QuerySource<TRow>(SourceContext context, DbQuery<TRow> query) : IRowSource<TRow>
{
    private readonly QueryFailure _failure = new(context.Name, query.Sql);
    private DbConnection? _connection;
    private DbDataReader? _reader;
    private RowReader<TRow>? _rows;
    private long _number;

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        batch.Begin(context.Name);
        _rows ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < RowBatch<TRow>.Capacity; i++)
        {
            // Some providers read without looking at the token.
            cancellationToken.ThrowIfCancellationRequested();
            if (!await MoveAsync(static (reader, token) => reader.ReadAsync(token), cancellationToken).ConfigureAwait(false))
            {
                await RequireNothingElseAsync(cancellationToken).ConfigureAwait(false);
                await CloseAsync().ConfigureAwait(false);
                return false;
            }

            _number++;
            if (_rows.TryRead(_reader!, out TRow? row))
            {
                batch.Add(row, _number);
            }
            else
            {
                context.Rejects.Add(new Reject(context.Name, context.Name, _number, _rows.FailedColumn, _rows.FailedValue, _rows.Text(_reader!), _rows.FailedReason));
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // Only a query that was not read to its end is still open here. Without this, most providers would fetch the rest of it before they close.
        if (_reader is IWrappedDataReader { Command: { } command })
        {
            try
            {
                command.Cancel();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or NotSupportedException)
            {
                // Closing takes longer then, and says what there is to say.
            }
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask<RowReader<TRow>> OpenAsync(CancellationToken cancellationToken)
    {
        RowShape<TRow> shape = RowShape<TRow>.Get(context.Name);
        try
        {
            _connection = query.Connection() ?? throw new InvalidOperationException("no connection was made");
        }
        catch (Exception e) when (e is not (PipelineException or OperationCanceledException))
        {
            throw _failure.OfMaking(e);
        }

        _failure.KeepSecret(_connection.ConnectionString);
        try
        {
            if (_connection.State != ConnectionState.Open)
            {
                await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failure.OfConnecting(_connection, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Cancelled(e, cancellationToken);
        }

        try
        {
            int? timeout = query.Timeout is { } limit ? (int)Math.Ceiling(limit.TotalSeconds) : null;
            var command = new CommandDefinition(query.Sql, query.Parameters, commandTimeout: timeout, cancellationToken: cancellationToken);
            _reader = await _connection.ExecuteReaderAsync(command, CommandBehavior.Default).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failure.OfRunning(e, rows: 0);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Cancelled(e, cancellationToken);
        }

        return RowReader<TRow>.For(_reader, shape, _failure);
    }

    /// <summary>Rows of a second result would be missed late; what the query has written nobody would look for in a source.</summary>
    private async ValueTask RequireNothingElseAsync(CancellationToken cancellationToken)
    {
        if (await MoveAsync(static (reader, token) => reader.NextResultAsync(token), cancellationToken).ConfigureAwait(false))
        {
            throw _failure.OfColumns("gives a second result, and a source reads one", "Nothing was changed. Write one query, with union all where both are rows of the source, or a source for each.");
        }

        if (_reader!.RecordsAffected > 0)
        {
            throw _failure.OfColumns(
                string.Create(CultureInfo.InvariantCulture, $"has changed {_reader.RecordsAffected} rows, and a source only reads"),
                "What it has changed stays so, and would be changed again by each run. Leave the write out, and give the source an account that may only read.");
        }
    }

    private async ValueTask<bool> MoveAsync(Func<DbDataReader, CancellationToken, Task<bool>> move, CancellationToken cancellationToken)
    {
        try
        {
            return await move(_reader!, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failure.OfRunning(e, _number);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Cancelled(e, cancellationToken);
        }
    }

    private async ValueTask CloseAsync()
    {
        DbDataReader? reader = _reader;
        DbConnection? connection = _connection;
        (_reader, _connection) = (null, null);
        try
        {
            if (reader is not null)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (DbException)
        {
            // The rows have been read or are not wanted any more: what fails now must not hide why.
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Providers tell a cancelled query in ways of their own.</summary>
    private static OperationCanceledException Cancelled(Exception cause, CancellationToken cancellationToken) => new("the query was cancelled", cause, cancellationToken);
}
