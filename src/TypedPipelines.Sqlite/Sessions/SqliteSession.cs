using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>A run's hold on its partition, with the connection in whose temporary schema its rows are staged.</summary>
internal sealed class SqliteSession : IPartitionSession
{
    private readonly SqliteDatabase _database;
    private readonly SessionConnections _connections;
    private readonly SqliteLocation _location;
    private readonly RunIdentity _run;
    private readonly PartitionLock _lock;
    private readonly Heartbeat _heartbeat;
    private readonly ShapesAtPublish _shapes;
    private readonly ILogger _logger;
    private readonly List<IStagedTable<SqliteLoadPlan>> _tables = [];
    private readonly List<IDisposable> _inserts = [];
    private bool _disposed;

    internal SqliteSession(
        SqliteDatabase database,
        SessionConnections connections,
        SqliteLocation location,
        RunIdentity run,
        PartitionLock partitionLock,
        PartitionEntry? before,
        Heartbeat heartbeat,
        ShapesAtPublish shapes,
        ILogger logger)
    {
        _database = database;
        _connections = connections;
        _location = location;
        _run = run;
        _lock = partitionLock;
        Before = before;
        _heartbeat = heartbeat;
        _shapes = shapes;
        _logger = logger;
    }

    public PartitionEntry? Before { get; }

    public Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteLoadPlan plan = contract.PlanFor<SqliteLoadPlan>();
        if (!_database.InTransaction)
        {
            // One transaction for all staged rows, for speed. Deferred, and it touches the temporary schema alone: it takes no
            // lock of the database.
            _database.Run("begin");
        }

        var staging = new SqliteStaging<TRow>(_database, contract, plan, _run.Slice);
        _tables.Add(staging);
        _inserts.Add(staging);
        return Task.FromResult<IStaging<TRow>>(staging);
    }

    public Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteLoadPlan plan = contract.PlanFor<SqliteLoadPlan>();
        string sql = partition is null ? plan.Read : plan.ReadWindow ?? throw ReadFailures.NoWindow(contract);
        SqliteDatabase database = SqliteDatabase.OpenForReading(_location, _logger);
        try
        {
            RequireTable(database, contract);
            SqliteQuery query = database.Prepare(sql, partition is null ? [] : SliceValues.Of(contract.Columns[contract.PartitionColumn!.Value].Type, partition.Window));
            return Task.FromResult<IRowSource<TRow>>(new SqliteRowSource<TRow>(database, query, contract));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public Task<IRowSource<TRow>> QueryAsync<TRow>(SqlQuery query, IRowContract<TRow> contract, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteDatabase database = SqliteDatabase.OpenForReading(_location, _logger);
        try
        {
            foreach (TableContract table in query.Reads)
            {
                RequireTable(database, table);
            }

            (SqliteQuery statement, ResultColumns columns) = StepStatement.Prepare(database, query, contract);
            return Task.FromResult<IRowSource<TRow>>(new SqliteRowSource<TRow>(database, statement, contract, columns));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken)
    {
        if (_database.InTransaction)
        {
            _database.Commit();
        }

        return new Publication(_database, _run, _lock, _tables, _shapes, _logger).RunAsync(end, cancellationToken);
    }

    public Task FailAsync(RunEnd end, CancellationToken cancellationToken)
    {
        _database.RollBack();
        return FailedRun.NoteAsync(_database, _lock, new LedgerEntries(_database, _run), end, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        bool reusable = false;
        try
        {
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
            foreach (IDisposable insert in _inserts)
            {
                insert.Dispose();
            }

            _database.RollBack();
            _lock.Release(_database);
            reusable = true;
        }
        catch (PipelineException e)
        {
            // Whoever comes next sees that this run is gone, and takes the partition over.
            _logger.LockNotReleased(_run.Pipeline, _run.Partition.Key, e.What);
        }
        finally
        {
            LiveSessions.Remove(_run.RunId);
            if (reusable)
            {
                _connections.GiveBack(_database);
            }
            else
            {
                _database.Dispose();
            }
        }
    }

    private void RequireTable(SqliteDatabase database, TableContract contract)
    {
        if (database.Find("select 1 from main.sqlite_master where name = @table collate nocase", ("@table", contract.Table)) is null)
        {
            throw ReadFailures.NoTable(contract, _location.File);
        }
    }
}
