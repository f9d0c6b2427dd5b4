using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>Where the database is, and the pool of connections to it.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>The first version in which a unique index can hold null for a value like any other.</summary>
    private static readonly Version Oldest = new(15, 0);

    /// <summary>
    /// What the server's, the database's or the role's settings say must change nothing that is loaded. The temporary schema,
    /// which PostgreSQL searches first, goes last: a staging table must not be taken for a table of the same name. Keep-alives
    /// tell the server within two minutes that a machine is gone, and with it the holder of a lock. What is sorted and looked up here is
    /// a batch, so there is room for one; compiling a statement takes longer than it saves.
    /// </summary>
    private const string Settings = """
        select
            set_config('TimeZone', 'UTC', false),
            set_config('DateStyle', 'ISO, YMD', false),
            set_config('standard_conforming_strings', 'on', false),
            set_config('quote_all_identifiers', 'off', false),
            set_config('default_transaction_isolation', 'read committed', false),
            set_config('statement_timeout', '0', false),
            set_config('idle_session_timeout', '0', false),
            set_config('idle_in_transaction_session_timeout', '0', false),
            set_config('jit', 'off', false),
            set_config('work_mem', case when pg_size_bytes(current_setting('work_mem')) < 33554432 then '32MB' else current_setting('work_mem') end, false),
            set_config('tcp_keepalives_idle', '60', false),
            set_config('tcp_keepalives_interval', '10', false),
            set_config('tcp_keepalives_count', '6', false),
            set_config(
                'search_path',
                ltrim(regexp_replace(current_setting('search_path'), '(^|,)\s*"?pg_temp"?\s*(?=,|$)', '', 'g') || ', pg_temp', ', '),
                false)
        """;

    /// <summary>Seconds for which a connection is waited for where the connection string says: without end.</summary>
    private const int LongestWait = 300;

    private const string FindName = """
        select format('%I.%I', n.nspname, c.relname)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n
        on n.oid = c.relnamespace
        where c.oid = to_regclass($1)
        """;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;

    internal PostgreSqlServer(string connectionString, ILogger logger)
    {
        NpgsqlConnectionStringBuilder connection = Adjusted(connectionString);
        DisplayName = $"{connection.Database ?? connection.Username} on {connection.Host}:{connection.Port}";
        Datasets = new DatasetNames($"postgres://{connection.Host}:{connection.Port}", connection.Database ?? connection.Username);
        _logger = logger;
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        try
        {
            _source = builder.Build();
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw Refused(e);
        }
    }

    /// <summary>The database, for people: never a password.</summary>
    internal string DisplayName { get; }

    internal DatasetNames Datasets { get; }

    internal ShapesAtPublish Shapes { get; } = new();

    /// <summary>A table with its schema, whatever a contract calls it; null where there is none. The way by which names are found is the connections' own, and does not change.</summary>
    internal async Task<string?> NameOfAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken)
    {
        if (_names.TryGetValue(table, out string? known))
        {
            return known;
        }

        List<string> found = await database.QueryAsync(FindName, static row => row.GetString(0), cancellationToken, table).ConfigureAwait(false);
        return found.Count == 0 ? null : _names[table] = found[0];
    }

    internal async Task<PostgreSqlDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = _source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new PostgreSqlDatabase(this, connection, _logger);
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (IsRefused(e))
            {
                throw Refused(e);
            }

            if (e is NpgsqlException)
            {
                throw PostgreSqlFailure.IsPoolEmpty(e) ? PostgreSqlFailure.PoolEmpty(e, DisplayName) : PostgreSqlFailure.Of(e, DisplayName);
            }

            throw;
        }
    }

    /// <summary>Has connections that are open now closed when they are given back, instead of used again.</summary>
    internal void ForgetConnections() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A connection string, with what loads need where it says nothing else.</summary>
    internal static NpgsqlConnectionStringBuilder Adjusted(string connectionString)
    {
        NpgsqlConnectionStringBuilder connection = Parse(connectionString);

        // The pool must not undo the settings above; what a session leaves behind, it clears away itself.
        connection.NoResetOnClose = true;
        connection.Enlist = false;

        // Locks, transactions and temporary tables belong to a connection: statements must not wander between several.
        connection.Multiplexing = false;
        connection.TcpKeepAlive = true;
        connection.ApplicationName ??= "TypedPipelines";
        if (!Says(connection, "Command Timeout"))
        {
            // Publishing takes as long as it takes.
            connection.CommandTimeout = 0;
        }

        if (connection.Timeout == 0)
        {
            // Without end: runs that each wait for one more connection of a pool that is empty would wait for each other.
            connection.Timeout = LongestWait;
        }

        if (!Says(connection, "Include Error Detail"))
        {
            // Of a row that a table refuses the server shows the values, as our own messages do.
            connection.IncludeErrorDetail = true;
        }

        return connection;
    }

    /// <summary>Whether the driver does not do what the connection string asks for. It says so with keywords and numbers, never with a password.</summary>
    private static bool IsRefused(Exception exception) => exception is ArgumentException or NotSupportedException;

    private static PipelineException Refused(Exception refusal) => new(
        FailureKind.Usage,
        $"the connection string of the destination postgresql asks for what Npgsql does not do: {refusal.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
        "Correct it. (Target Session Attributes needs all hosts of the cluster: Host=db1,db2.)");

    /// <summary>Whether a connection string has a keyword; ContainsKey says of every keyword that there is that it has it.</summary>
    private static bool Says(NpgsqlConnectionStringBuilder connection, string keyword) => connection.Keys.Contains(keyword);

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(connection.Host))
            {
                return connection;
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            // Neither the exception nor the message below repeats what may hold a password.
        }

        throw new PipelineException(
            FailureKind.Usage,
            "the connection string of the destination postgresql names no server, or has a keyword or value that Npgsql does not know",
            "Write it like this: Host=db.example.org;Database=analytics;Username=loader. The password belongs in a PGPASSFILE or in the environment variable TYPEDPIPELINES__CONNECTION.");
    }

    private void Initialize(NpgsqlConnection connection)
    {
        RefuseOldServer(connection);
        using NpgsqlCommand command = Configure(connection);
        command.ExecuteNonQuery();
    }

    private async Task InitializeAsync(NpgsqlConnection connection)
    {
        RefuseOldServer(connection);
        NpgsqlCommand command = Configure(connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlCommand Configure(NpgsqlConnection connection)
    {
        _logger.Statement(Settings);
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = Settings;
        return command;
    }

    private void RefuseOldServer(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion < Oldest)
        {
            throw new PipelineException(
                FailureKind.Destination,
                $"the PostgreSQL database {DisplayName} is of version {connection.PostgreSqlVersion}, and TypedPipelines needs {Oldest} or later",
                "Nothing was changed. Load into a newer server.");
        }
    }
}
