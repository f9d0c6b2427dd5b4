using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Alerts;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>A PostgreSQL database as a destination. The ledger lives in the same database, so that one transaction holds both.</summary>
public sealed class PostgreSqlDestination : IDestination, IAlertMemory, IAsyncDisposable
{
    internal const string DestinationName = "postgresql";

    private readonly PostgreSqlServer _server;
    private readonly TimeProvider _time;
    private readonly SentAlerts _alerts;
    private readonly ILogger _logger;

    /// <summary>Creates the destination; connects to nothing yet.</summary>
    /// <param name="connectionString">Such as <c>Host=db;Database=analytics;Username=loader</c>, in Npgsql's keywords.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears every statement before it runs, at level debug.</param>
    /// <exception cref="PipelineException">The connection string is not understood, or names no server.</exception>
    public PostgreSqlDestination(string connectionString, TimeProvider time, ILogger logger)
    {
        _server = new PostgreSqlServer(connectionString, logger);
        _time = time;
        _logger = logger;
        Ledger = new PostgreSqlLedger(_server);
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
        PostgreSqlDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            string name = table.PlanFor<PostgreSqlLoadPlan>().Table;
            return await database.FindsAsync("select 1 where to_regclass($1) is not null", cancellationToken, name).ConfigureAwait(false)
                ? await _server.NameOfAsync(database, name, cancellationToken).ConfigureAwait(false)
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

        PostgreSqlDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return TableLoader.PipelineOf((await database.QueryAsync(TableLock.LoadedBy, static row => row.GetString(0), cancellationToken, name).ConfigureAwait(false)).FirstOrDefault());
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(SqlQuery query, IRowContract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(contract);
        PostgreSqlDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            try
            {
                NpgsqlDataReader rows = await database.DescribeAsync(StepStatement.Text(query), cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
                await using (rows.ConfigureAwait(false))
                {
                    StepStatement.Columns(query, contract, rows);
                    await StepStatement.RefuseSecondAsync(query, rows, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (database.IsReported(e))
            {
                throw StepStatement.Failure(query, e, _server.DisplayName);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        PostgreSqlDatabase database = await _server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var taking = new LockTaking(database, run, _time, _logger);
            (PartitionLock held, PartitionEntry? before) = await taking.TakeAsync(lockWait, cancellationToken).ConfigureAwait(false);
            return new PostgreSqlSession(_server, database, run, held, before, _time, _logger);
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
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
