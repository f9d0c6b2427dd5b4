using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// One open connection. Statements go to SQLite's own interface: the provider's commands wait for a lock without
/// listening to cancellation, and cut texts at a NUL. Each is logged before it runs.
/// </summary>
internal sealed class SqliteDatabase : ITransactions, IDisposable
{
    private const string Durable = "pragma synchronous = full";

    /// <summary>Eight megabytes instead of two: a merge passes through the same pages to compare, to update and to insert.</summary>
    private const string Cache = "pragma main.cache_size = -8000";

    private static readonly TimeSpan BusyPoll = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection _connection;
    private readonly ILogger _logger;

    private SqliteDatabase(SqliteConnection connection, string file, ILogger logger)
    {
        _connection = connection;
        File = file;
        _logger = logger;
    }

    /// <summary>The file's name, for people.</summary>
    internal string File { get; }

    /// <summary>A file's connection never goes away under its user.</summary>
    bool ITransactions.IsOpen => true;

    internal sqlite3 Handle => _connection.Handle!;

    internal bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    internal static SqliteDatabase OpenForWriting(SqliteLocation location, ILogger logger)
    {
        SqliteDatabase database = Open(location.ConnectionString(SqliteOpenMode.ReadWriteCreate), location.File, logger);
        return database.Configured(Durable).Configured(Cache);
    }

    /// <summary>
    /// Opens an existing file so that no statement can change it. A connection opened read-only would do the same, but leave
    /// the two files of the write-ahead log lying beside the database.
    /// </summary>
    internal static SqliteDatabase OpenForReading(SqliteLocation location, ILogger logger)
    {
        SqliteDatabase database = Open(location.ConnectionString(SqliteOpenMode.ReadWrite), location.File, logger);
        return database.Configured("pragma query_only = on");
    }

    /// <summary>Opens an empty database in memory.</summary>
    internal static SqliteDatabase OpenScratch(ILogger logger) => Open("Data Source=:memory:;Pooling=False", ":memory:", logger);

    /// <summary>Logs a statement that was prepared before and is about to run again.</summary>
    internal void Announce(string sql) => _logger.Statement(sql);

    /// <summary>Prepares a statement; dispose it.</summary>
    internal SqliteQuery Prepare(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        _logger.Statement(sql);
        int code = raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement);
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }

        var query = new SqliteQuery(this, statement);
        foreach ((string name, object? value) in values)
        {
            query.Bind(name, value);
        }

        return query;
    }

    /// <summary>Prepares the first of the statements in a text; dispose it.</summary>
    internal SqliteQuery PrepareFirst(string sql, out string rest)
    {
        _logger.Statement(sql);
        int code = raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement, out rest);
        return code == raw.SQLITE_OK ? new SqliteQuery(this, statement) : throw Failure(code);
    }

    /// <summary>Whether a text has nothing to run in it: white space and comments.</summary>
    internal bool IsNothing(string sql)
    {
        int code = raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement);
        using (statement)
        {
            return code == raw.SQLITE_OK && statement.IsInvalid;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it touched.</returns>
    internal int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteQuery query = Prepare(sql, values);
        while (query.Step())
        {
        }

        return raw.sqlite3_changes(Handle);
    }

    /// <summary>Runs an upsert, whose updates a function counts: SQLite itself counts them and the inserts together.</summary>
    internal (long Inserted, long Updated) RunUpsert(string sql)
    {
        long updated = 0;
        int code = raw.sqlite3_create_function(Handle, "tp_updated", 0, null, (context, _, _) =>
        {
            updated++;
            raw.sqlite3_result_int(context, 1);
        });
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }

        int touched = Run(sql);
        return (touched - updated, updated);
    }

    /// <summary>The first column of a statement's first row, as text; null where there is none.</summary>
    internal string? Find(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteQuery query = Prepare(sql, values);
        return query.Step() ? query.Text(0) : null;
    }

    /// <summary>Takes the write lock, waiting for other writers without blocking the thread.</summary>
    internal Task BeginWriteAsync(CancellationToken cancellationToken) => RunAloneAsync("begin immediate", cancellationToken);

    /// <summary>Runs a statement that needs a lock which SQLite does not, or not always, wait for by itself.</summary>
    internal async Task RunAloneAsync(string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteQuery statement = Prepare(sql);
        long started = Stopwatch.GetTimestamp();
        TimeSpan patience = BusyWait(_connection);
        raw.sqlite3_busy_timeout(Handle, 0);
        try
        {
            while (!statement.TryRun())
            {
                if (Stopwatch.GetElapsedTime(started) > patience)
                {
                    throw Failure(raw.SQLITE_BUSY);
                }

                await Task.Delay(BusyPoll, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            raw.sqlite3_busy_timeout(Handle, (int)patience.TotalMilliseconds);
        }
    }

    /// <summary>
    /// Lets the next transactions be forgotten by a machine that loses power, but by nothing less: they spare the disk a flush. Only with
    /// a write-ahead log, whose order keeps the database whole; and what is committed durably later makes them durable, too.
    /// </summary>
    internal void BeginLightly()
    {
        if (Find("pragma main.journal_mode") == "wal")
        {
            Run("pragma synchronous = normal");
        }
    }

    /// <summary>From here on what is committed is kept, whatever happens.</summary>
    internal void EndLightly() => Run(Durable);

    internal void Commit() => Run("commit");

    /// <summary>Ends a transaction that SQLite has not ended by itself, as it does after some errors.</summary>
    internal void RollBack()
    {
        if (InTransaction)
        {
            Run("rollback");
        }
    }

    Task ITransactions.BeginAsync(CancellationToken cancellationToken) => BeginWriteAsync(cancellationToken);

    Task ITransactions.CommitAsync()
    {
        Commit();
        return Task.CompletedTask;
    }

    Task ITransactions.RollBackAsync()
    {
        RollBack();
        return Task.CompletedTask;
    }

    /// <summary>Until it is disposed, a cancellation stops this connection's statements.</summary>
    internal StoppableStatements StopAt(CancellationToken cancellationToken) => new(Handle, cancellationToken);

    /// <summary>The failure behind a result code.</summary>
    internal Exception Failure(int code)
    {
        int extended = raw.sqlite3_extended_errcode(Handle);
        bool isLatest = (extended & 0xff) == (code & 0xff);
        return SqliteFailure.Of(
            isLatest ? extended : code,
            isLatest ? raw.sqlite3_errmsg(Handle).utf8_to_string() : raw.sqlite3_errstr(code).utf8_to_string(),
            File);
    }

    public void Dispose() => _connection.Dispose();

    private static SqliteDatabase Open(string connectionString, string file, ILogger logger)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFailure.Of(e, file);
        }

        raw.sqlite3_busy_timeout(connection.Handle!, (int)BusyWait(connection).TotalMilliseconds);
        return new SqliteDatabase(connection, file, logger);
    }

    /// <summary>How long to wait for another writer: the connection string's <c>Default Timeout</c>, 30 seconds unless given.</summary>
    private static TimeSpan BusyWait(SqliteConnection connection) => TimeSpan.FromSeconds(connection.DefaultTimeout);

    private SqliteDatabase Configured(string pragma)
    {
        try
        {
            Run(pragma);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
