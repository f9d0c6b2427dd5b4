using System.Collections.Concurrent;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Where the database is, and the pool of connections to it.</summary>
internal sealed class SqlServerServer
{
    /// <summary>SQL Server 2019.</summary>
    private const int OldestMajorVersion = 15;

    private const int AzureDatabase = 5;
    private const int AzureManagedInstance = 8;

    private const int Attempts = 5;

    /// <summary>Azure SQL takes seconds to move a database or to wake it.</summary>
    private const int LongerThanInATransaction = 20;

    /// <summary>
    /// What the server's, the database's or the login's settings say must change nothing that is loaded. Run each time that a connection
    /// is taken from the pool, which resets them. The messages are English, for the name of a broken constraint stands in no other place.
    /// </summary>
    internal const string Settings = """
        set nocount off;
        set xact_abort on;
        set implicit_transactions off;
        set lock_timeout -1;
        set language us_english;
        set transaction isolation level read committed;
        select
            cast(serverproperty('EngineEdition') as int),
            cast(serverproperty('ProductMajorVersion') as int),
            cast(serverproperty('Babelfish') as int),
            (select cast(is_read_committed_snapshot_on as int) from sys.databases where name = db_name()),
            case when N'a' = N'A' then 1 else 0 end
        """;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly string _connectionString;
    private readonly ILogger _logger;

    internal SqlServerServer(string connectionString, ILogger logger)
    {
        SqlConnectionStringBuilder connection = Parse(connectionString);
        DisplayName = $"{connection.InitialCatalog} on {connection.DataSource}";
        Datasets = new DatasetNames($"mssql://{connection.DataSource.Replace(',', ':')}", connection.InitialCatalog);
        _logger = logger;

        // A connection that is lost is lost with its lock and its staged rows: no other may quietly take its place.
        connection.ConnectRetryCount = 0;
        connection.Enlist = false;
        connection.MultipleActiveResultSets = false;
        connection.PersistSecurityInfo = false;

        // What is worth trying again is tried again here; the pool would answer with its last failure instead of asking the server.
        connection.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        if (!connection.ShouldSerialize("Application Name"))
        {
            connection.ApplicationName = "TypedPipelines";
        }

        if (!connection.ShouldSerialize("Command Timeout"))
        {
            // Publishing takes as long as it takes.
            connection.CommandTimeout = 0;
        }

        _connectionString = connection.ConnectionString;
    }

    /// <summary>The database, for people: never a password.</summary>
    internal string DisplayName { get; }

    internal DatasetNames Datasets { get; }

    /// <summary>A table with its schema; null where there is none. The way by which names are found is the connections' own, and does not change.</summary>
    internal async Task<string?> NameOfAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken)
    {
        if (_names.TryGetValue(table, out string? known))
        {
            return known;
        }

        List<string> found = await database.QueryAsync(FoundTable.FindName, static row => row.GetString(0), cancellationToken, ("@table", table)).ConfigureAwait(false);
        return found.Count == 0 ? null : _names[table] = found[0];
    }

    internal async Task<SqlServerDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            var connection = new SqlConnection(_connectionString);
            bool isOpen = false;
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                isOpen = true;
                ServerTraits traits = await ConfigureAsync(connection, cancellationToken).ConfigureAwait(false);
                return new SqlServerDatabase(this, connection, traits, _logger);
            }
            catch (Exception e)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                if (e is not SqlException and not InvalidOperationException)
                {
                    throw;
                }

                cancellationToken.ThrowIfCancellationRequested();
                PipelineException failure = e is InvalidOperationException && !isOpen ? SqlServerFailure.PoolEmpty(e, DisplayName) : SqlServerFailure.Of(e, DisplayName);
                if (attempt == Attempts || !SqlServerFailure.IsWorthConnectingAgain(failure))
                {
                    throw failure;
                }

                _logger.Connecting(DisplayName, attempt + 1, failure.What);
            }

            await Task.Delay(Backoff.After(attempt) * LongerThanInATransaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has connections that are open now closed when they are given back, instead of used again.</summary>
    internal void ForgetConnections()
    {
        using var any = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(any);
    }

    private static SqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var connection = new SqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(connection.DataSource) && !string.IsNullOrWhiteSpace(connection.InitialCatalog))
            {
                return connection;
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException or NotSupportedException)
        {
            // Neither the exception nor the message below repeats what may hold a password.
        }

        throw new PipelineException(
            FailureKind.Usage,
            "the connection string of the destination sqlserver names no server or no database, or has a keyword or value that SqlClient does not know",
            "Write it like this: Server=db.example.org;Database=analytics;User ID=loader. The password belongs in the environment variable TYPEDPIPELINES__CONNECTION, or leave it out with Integrated Security or Authentication=Active Directory Default.");
    }

    private async Task<ServerTraits> ConfigureAsync(SqlConnection connection, CancellationToken cancellationToken)
    {
        _logger.Statement(Settings);
        SqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Settings;
            SqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellationToken).ConfigureAwait(false);
                bool isBabelfish = !row.IsDBNull(2) && row.GetInt32(2) == 1;
                if (!isBabelfish && row.GetInt32(0) is not (AzureDatabase or AzureManagedInstance) && row.GetInt32(1) < OldestMajorVersion)
                {
                    throw new PipelineException(
                        FailureKind.Destination,
                        $"the SQL Server database {DisplayName} is of version {row.GetInt32(1)}, and TypedPipelines needs {OldestMajorVersion} (SQL Server 2019) or later",
                        "Nothing was changed. Load into a newer server.");
                }

                return new ServerTraits(isBabelfish, isBabelfish || (!row.IsDBNull(3) && row.GetInt32(3) == 1), isBabelfish || row.GetInt32(4) == 1);
            }
        }
    }
}
