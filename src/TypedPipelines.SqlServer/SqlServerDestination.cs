using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using TypedPipelines.Alerts;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>
/// A database of SQL Server or Azure SQL as a destination. The ledger lives in the same database, so that one transaction holds both.
/// </summary>
public sealed class SqlServerDestination : IDestination, IAlertMemory, IAsyncDisposable
{
    internal const string DestinationName = "sqlserver";

    private readonly SqlServerServer _server;
    private readonly TimeProvider _time;
    private readonly SentAlerts _alerts;
    private readonly ILogger _logger;

    /// <summary>Creates the destination; connects to nothing yet.</summary>
    /// <param name="connectionString">Such as <c>Server=db;Database=analytics;User ID=loader</c>, in SqlClient's keywords.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears every statement before it runs, at level debug.</param>
    /// <exception cref="PipelineException">The connection string is not understood, or names no server or no database.</exception>
    public SqlServerDestination(string connectionString, TimeProvider time, ILogger logger)
    {
        _server = new SqlServerServer(connectionString, logger);
        _time = time;
        _logger = logger;
        Ledger = new SqlServerLedger(_server);
        _alerts = new SentAlerts(_server);
    }

    /// <inheritdoc/>
    public string Name => DestinationName;

    /// <inheritdoc/>
    public string DisplayName => _server.DisplayName;

    /// <inheritdoc/>
    public DatasetNames Datasets => _server.Datasets;

    /// <inheritdoc/>
    public ILedger Ledger { get; }

    /// <inheritdoc/>
    public Task PrepareAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(loaderOf);
        return new TablePreparation(_server, _time).RunAsync(tables, loaderOf, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> FindTableAsync(TableContract table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        SqlServerDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            string name = table.PlanFor<SqlServerLoadPlan>().Table;
            return await FoundTable.ExistsAsync(database, name, cancellationToken).ConfigureAwait(false)
                ? await _server.NameOfAsync(database, name, cancellationToken).ConfigureAwait(false) ?? name
                : null;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindLoaderAsync(TableContract table, CancellationToken cancellationToken)
    {
        if (await FindTableAsync(table, cancellationToken).ConfigureAwait(false) is not { } name)
        {
            return null;
        }

        SqlServerDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return TableLoader.PipelineOf((await database.QueryAsync(TableLocks.LoadedBy, static row => row.GetString(0), cancellationToken, ("@table", name)).ConfigureAwait(false)).FirstOrDefault());
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(SqlQuery query, IRowContract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(contract);
        SqlServerDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            try
            {
                SqlDataReader rows = await database.QueryAsync(StepStatement.Text(query), run: false, cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
                await using (rows.ConfigureAwait(false))
                {
                    StepStatement.Columns(query, contract, rows);
                }
            }
            catch (Exception e) when (database.IsReported(e))
            {
                throw StepStatement.Failure(query, database.Explain(e, cancellationToken));
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        LedgerNames.Check(run);
        SqlServerDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var taking = new LockTaking(database, run, _time, _logger);
            (PartitionLock held, PartitionEntry? before) = await taking.TakeAsync(lockWait, cancellationToken).ConfigureAwait(false);
            return new SqlServerSession(_server, database, run, held, before, _logger);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    Task<IReadOnlyList<AlertNote>> IAlertMemory.ReadAsync(string pipeline, CancellationToken cancellationToken) => _alerts.ReadAsync(pipeline, cancellationToken);

    Task<bool> IAlertMemory.NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken) => _alerts.NoteAsync(note, at, cancellationToken);

    Task IAlertMemory.ForgetAsync(AlertNote note, CancellationToken cancellationToken) => _alerts.ForgetAsync(note, cancellationToken);

    /// <summary>Closes the connections that wait for their next use.</summary>
    public ValueTask DisposeAsync()
    {
        _server.ForgetConnections();
        return ValueTask.CompletedTask;
    }
}
