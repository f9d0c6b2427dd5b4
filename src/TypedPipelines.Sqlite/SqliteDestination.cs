using Microsoft.Extensions.Logging;
using TypedPipelines.Alerts;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>A SQLite file as a destination. The ledger lives in the same file, so that one transaction holds both.</summary>
public sealed class SqliteDestination : IDestination, IAlertMemory, IDisposable
{
    internal const string DestinationName = "sqlite";

    private static readonly TimeSpan DefaultLease = TimeSpan.FromMinutes(2);

    private readonly SqliteLocation _location;
    private readonly SessionConnections _connections;
    private readonly TimeProvider _time;
    private readonly SentAlerts _alerts;
    private readonly ILogger _logger;
    private readonly TimeSpan _lease;
    private readonly ShapesAtPublish _shapes = new();

    /// <summary>Creates the destination; opens nothing yet.</summary>
    /// <param name="connectionString">Such as <c>Data Source=flights.db</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears every statement before it runs, at level debug.</param>
    /// <exception cref="PipelineException">The connection string names no file.</exception>
    public SqliteDestination(string connectionString, TimeProvider time, ILogger logger)
        : this(connectionString, time, logger, DefaultLease)
    {
    }

    internal SqliteDestination(string connectionString, TimeProvider time, ILogger logger, TimeSpan lease)
    {
        _location = new SqliteLocation(connectionString);
        _connections = new SessionConnections(_location, logger);
        _time = time;
        _logger = logger;
        _lease = lease;
        Ledger = new SqliteLedger(_location, logger);
        _alerts = new SentAlerts(_location, logger);
    }

    /// <inheritdoc/>
    public string Name => DestinationName;

    /// <inheritdoc/>
    public string DisplayName => _location.File;

    /// <inheritdoc/>
    public DatasetNames Datasets => new($"sqlite://{_location.FullPath.Replace('\\', '/')}", null);

    /// <inheritdoc/>
    public ILedger Ledger { get; }

    /// <inheritdoc/>
    public Task PrepareAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(loaderOf);
        _connections.Close();
        return new TablePreparation(_location, _time, _logger).RunAsync(tables, loaderOf, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> FindTableAsync(TableContract table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_location.Exists)
        {
            return Task.FromResult<string?>(null);
        }

        using SqliteDatabase database = SqliteDatabase.OpenForReading(_location, _logger);
        return Task.FromResult(TablePreparation.NameOf(database, table));
    }

    /// <inheritdoc/>
    public Task<string?> FindLoaderAsync(TableContract table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteDatabase database = SqliteDatabase.OpenForReading(_location, _logger);
        return Task.FromResult(TableLoader.PipelineOf(
            database.Find("select loaded_by from main.tp_loaded_table where table_name = @table collate nocase", ("@table", table.Table))));
    }

    /// <inheritdoc/>
    public Task CheckAsync(SqlQuery query, IRowContract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(contract);
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteDatabase database = SqliteDatabase.OpenForReading(_location, _logger);
        StepStatement.Prepare(database, query, contract).Statement.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        SqliteDatabase database = _connections.Take();
        try
        {
            var taking = new LockTaking(database, _location, run, _lease, _time, _logger);
            (PartitionLock held, PartitionEntry? before) = await taking.TakeAsync(lockWait, cancellationToken).ConfigureAwait(false);
            var heartbeat = new Heartbeat(held, run, _lease, _time, _logger);
            return new SqliteSession(database, _connections, _location, run, held, before, heartbeat, _shapes, _logger);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    Task<IReadOnlyList<AlertNote>> IAlertMemory.ReadAsync(string pipeline, CancellationToken cancellationToken) => _alerts.ReadAsync(pipeline, cancellationToken);

    Task<bool> IAlertMemory.NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken) => _alerts.NoteAsync(note, at, cancellationToken);

    Task IAlertMemory.ForgetAsync(AlertNote note, CancellationToken cancellationToken) => _alerts.ForgetAsync(note, cancellationToken);

    /// <summary>Closes the connections that wait for their next use, which moves what the write-ahead log holds into the database.</summary>
    public void Dispose() => _connections.Dispose();
}
