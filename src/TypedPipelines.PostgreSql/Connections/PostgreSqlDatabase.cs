using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// One open connection. Each statement is logged before it runs, takes its values as parameters, and fails in words. A
/// statement that is cancelled is cancelled at the server.
/// </summary>
internal sealed class PostgreSqlDatabase : ITransactions, IAsyncDisposable
{
    /// <summary>Begins a transaction, of an isolation that no setting of the server decides.</summary>
    internal const string Begin = "begin isolation level read committed";

    private readonly PostgreSqlServer _server;
    private readonly NpgsqlConnection _connection;
    private readonly ILogger _logger;
    private NpgsqlCommand? _reading;

    internal PostgreSqlDatabase(PostgreSqlServer server, NpgsqlConnection connection, ILogger logger)
    {
        _server = server;
        _connection = connection;
        _logger = logger;
    }

    /// <summary>The database, for people.</summary>
    internal string Name => _server.DisplayName;

    public bool IsOpen => (_connection.FullState & ConnectionState.Open) != 0 && (_connection.FullState & ConnectionState.Broken) == 0;

    /// <summary>The server's process that the connection talks to.</summary>
    internal int Process => _connection.ProcessID;

    /// <summary>Whether there is something in the server's session, a lock or a table, that the next user of the connection must not find.</summary>
    internal bool IsTainted { get; set; }

    internal string Encoding => _connection.PostgresParameters.TryGetValue("server_encoding", out string? encoding) ? encoding : "UTF8";

    internal bool InTransaction { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it touched.</returns>
    internal async Task<long> RunAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        try
        {
            NpgsqlCommand command = Command(sql, values);
            await using (command.ConfigureAwait(false))
            {
                return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, Name);
        }
    }

    /// <summary>The rows of a query.</summary>
    internal async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] values)
    {
        var found = new List<T>();
        await ForEachAsync(sql, row => found.Add(read(row)), cancellationToken, values).ConfigureAwait(false);
        return found;
    }

    /// <summary>Does something for each row of a query.</summary>
    internal async Task ForEachAsync(string sql, Action<NpgsqlDataReader> act, CancellationToken cancellationToken, params object?[] values)
    {
        try
        {
            NpgsqlDataReader rows = await ReadAsync(sql, cancellationToken, values).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    act(rows);
                }
            }
        }
        catch (Exception e) when (IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, Name);
        }
    }

    /// <summary>Whether a query finds anything.</summary>
    internal async Task<bool> FindsAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        (await QueryAsync(sql, static _ => true, cancellationToken, values).ConfigureAwait(false)).Count > 0;

    /// <summary>Starts a query and leaves its rows to be read. The caller explains its failures.</summary>
    internal Task<NpgsqlDataReader> ReadAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        _reading = Command(sql, values);
        return _reading.ExecuteReaderAsync(cancellationToken);
    }

    /// <summary>Has a query read and described, and not run. The caller explains its failures.</summary>
    internal Task<NpgsqlDataReader> DescribeAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        _reading = Command(sql, values);
        return _reading.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
    }

    /// <summary>Asks the server to give up the query whose rows are being read.</summary>
    internal void CancelRead() => _reading?.Cancel();

    /// <summary>Begins a binary COPY into a table.</summary>
    internal async Task<Stream> CopyAsync(string sql, CancellationToken cancellationToken)
    {
        _logger.Statement(sql);
        try
        {
            return await _connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, Name);
        }
    }

    /// <summary>Statements to be sent together.</summary>
    internal StatementBatch Batch() => new(this, _connection.CreateBatch());

    /// <summary>Logs a statement that is about to run.</summary>
    internal void Announce(string sql) => _logger.Statement(sql);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await RunAsync(Begin, cancellationToken).ConfigureAwait(false);
        InTransaction = true;
    }

    /// <summary>Begins a transaction whose statements all see one moment.</summary>
    internal async Task BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        await RunAsync("begin isolation level repeatable read read only", cancellationToken).ConfigureAwait(false);
        InTransaction = true;
    }

    public async Task CommitAsync()
    {
        await RunAsync("commit", CancellationToken.None).ConfigureAwait(false);
        InTransaction = false;
    }

    public async Task RollBackAsync()
    {
        if (InTransaction && IsOpen)
        {
            InTransaction = false;
            await RunAsync("rollback", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Whether an exception is one that the driver throws for what happened at the server or on the way there.</summary>
    internal bool IsReported(Exception exception) => exception is NpgsqlException or IOException || (exception is InvalidOperationException and not ObjectDisposedException && !IsOpen);

    public async ValueTask DisposeAsync()
    {
        if (IsTainted)
        {
            _server.ForgetConnections();
        }

        _reading?.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        _logger.Statement(sql);
        NpgsqlCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (object? value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    internal static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        DateTimeOffset instant => new NpgsqlParameter { Value = instant.UtcDateTime },
        Literal literal => new NpgsqlParameter { Value = literal.Text, NpgsqlDbType = NpgsqlDbType.Unknown },
        _ => new NpgsqlParameter { Value = value },
    };
}
