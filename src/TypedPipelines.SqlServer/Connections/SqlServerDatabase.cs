using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>
/// One open connection. Each statement is logged before it runs, takes its values as parameters, and fails in words. A
/// statement that is cancelled is cancelled at the server.
/// </summary>
internal sealed class SqlServerDatabase(SqlServerServer server, SqlConnection connection, ServerTraits traits, ILogger logger) : ITransactions, IAsyncDisposable
{
    private SqlCommand? _reading;
    private bool _lost;

    /// <summary>The database, for people.</summary>
    internal string Name => server.DisplayName;

    /// <summary>What kind of server it is.</summary>
    internal ServerTraits Traits { get; } = traits;

    /// <summary>Not only as the driver sees it, which says so for a moment of a connection that it has given up.</summary>
    public bool IsOpen => !_lost && connection.State == ConnectionState.Open;

    /// <summary>Whether there is something in the server's session, a lock or a table, that the next user of the connection must not find.</summary>
    internal bool IsTainted { get; set; }

    private bool InTransaction { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it touched; not those that its triggers did, which the client would add to them.</returns>
    internal async Task<long> RunAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        try
        {
            SqlCommand command = Command(sql, values);
            await using (command.ConfigureAwait(false))
            {
                long touched = 0;
                // A trigger's statements are completed before the one that fired it.
                command.StatementCompleted += (_, completed) => touched = completed.RecordCount;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return touched;
            }
        }
        catch (Exception e) when (IsReported(e))
        {
            throw Explain(e, cancellationToken);
        }
    }

    /// <summary>The rows of a query.</summary>
    internal async Task<List<T>> QueryAsync<T>(
        string sql, Func<SqlDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        var found = new List<T>();
        await ForEachAsync(sql, row => found.Add(read(row)), cancellationToken, values).ConfigureAwait(false);
        return found;
    }

    /// <summary>Does something for each row of a query.</summary>
    internal async Task ForEachAsync(string sql, Action<SqlDataReader> act, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        try
        {
            SqlCommand command = Command(sql, values);
            await using (command.ConfigureAwait(false))
            {
                SqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (rows.ConfigureAwait(false))
                {
                    while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        act(rows);
                    }
                }
            }
        }
        catch (Exception e) when (IsReported(e))
        {
            throw Explain(e, cancellationToken);
        }
    }

    /// <summary>Whether a query finds anything.</summary>
    internal async Task<bool> FindsAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        (await QueryAsync(sql, static _ => true, cancellationToken, values).ConfigureAwait(false)).Count > 0;

    /// <summary>
    /// Starts a query and leaves its rows to be read, column by column in order: else the driver would first take in a whole row, and that
    /// takes it very long where a value has megabytes. The caller explains its failures.
    /// </summary>
    internal Task<SqlDataReader> ReadAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        _reading = Command(sql, values);
        return _reading.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleResult, cancellationToken);
    }

    /// <summary>
    /// Starts a query whose columns are read in any order, or has it only described and not run. The caller explains its failures.
    /// </summary>
    internal Task<SqlDataReader> QueryAsync(string sql, bool run, CancellationToken cancellationToken, params SqlParameter[] values)
    {
        _reading = Command(sql, []);
        _reading.Parameters.AddRange(values);
        return _reading.ExecuteReaderAsync(CommandBehavior.SingleResult | (run ? CommandBehavior.Default : CommandBehavior.SchemaOnly), cancellationToken);
    }

    /// <summary>Asks the server to give up the query whose rows are being read.</summary>
    internal void CancelRead() => _reading?.Cancel();

    /// <summary>Copies rows into a table: a reader's columns into the table's first ones, in order.</summary>
    internal async Task CopyAsync(string table, StagedRows rows, CancellationToken cancellationToken)
    {
        logger.Statement($"bulk copy into {table}");
        try
        {
            // Nobody else sees a staging table, so that a lock on all of it costs nobody anything and spares one for each row.
            using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.TableLock, null) { DestinationTableName = table, BulkCopyTimeout = 0 };
            for (int i = 0; i < rows.FieldCount; i++)
            {
                copy.ColumnMappings.Add(i, i);
            }

            await copy.WriteToServerAsync(rows, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsReported(e))
        {
            throw Explain(e, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            // The row writer lets nothing through that the client would complain about; if it did, the client names the value.
            throw new PipelineException(
                FailureKind.Row, $"rows could not be copied into {table} of {Name}: {e.Message.TrimEnd('.')}", "Nothing was changed. Mend the rows in a step.", e);
        }
    }

    /// <summary>Its isolation is that of the connection.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await RunAsync("begin transaction", cancellationToken).ConfigureAwait(false);
        InTransaction = true;
    }

    public async Task CommitAsync()
    {
        await RunAsync("commit transaction", CancellationToken.None).ConfigureAwait(false);
        InTransaction = false;
    }

    /// <summary>After most errors the server has done so.</summary>
    public async Task RollBackAsync()
    {
        if (InTransaction && IsOpen)
        {
            InTransaction = false;
            await RunAsync("if @@trancount > 0 rollback transaction", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Whether an exception is one that the driver throws for what happened at the server or on the way there.</summary>
    internal bool IsReported(Exception exception) =>
        exception is SqlException or IOException || (exception is InvalidOperationException and not ObjectDisposedException && !IsOpen);

    /// <summary>A reported exception in words. What a cancelled statement reports is that it was cancelled.</summary>
    internal Exception Explain(Exception exception, CancellationToken cancellationToken)
    {
        _lost |= SqlServerFailure.EndsConnection(exception);
        return cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(null, exception, cancellationToken)
            : SqlServerFailure.Of(exception, Name);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsTainted)
        {
            server.ForgetConnections();
        }

        if (_reading is not null)
        {
            await _reading.DisposeAsync().ConfigureAwait(false);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private SqlCommand Command(string sql, (string Name, object? Value)[] values)
    {
        logger.Statement(sql);
        SqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in values)
        {
            command.Parameters.Add(Parameters.Of(name, value));
        }

        return command;
    }
}
