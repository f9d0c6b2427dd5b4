using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>A run's hold on its partition at SQL Server.</summary>
internal sealed class SqlServerSession(
    SqlServerServer server,
    SqlServerDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    PartitionEntry? before,
    ILogger logger) : ServerSession<SqlServerDatabase, SqlServerLoadPlan>(database, partitionLock, before)
{
    private readonly StagingArea _area = new(database);

    /// <summary>Takes note of rows that a table has staged, and sends them when there are enough.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) => Watch(_area.OfferAsync(table, cancellationToken));

    public override async Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken)
    {
        SqlServerLoadPlan plan = contract.PlanFor<SqlServerLoadPlan>();
        string sql = partition is null ? plan.Read : plan.ReadWindow ?? throw ReadFailures.NoWindow(contract);
        SqlServerDatabase own = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await FoundTable.ExistsAsync(own, plan.Table, cancellationToken).ConfigureAwait(false))
            {
                throw ReadFailures.NoTable(contract, server.DisplayName);
            }

            SqlDataReader rows = await own.ReadAsync(sql, cancellationToken, partition is null ? [] : SliceValues.Of(contract.Columns[contract.PartitionColumn!.Value].Type, partition.Window)).ConfigureAwait(false);
            ColumnForms.Check(rows, contract);
            return new SqlServerRowSource<TRow>(own, rows, contract);
        }
        catch (Exception e)
        {
            bool reported = own.IsReported(e);
            own.CancelRead();
            await own.DisposeAsync().ConfigureAwait(false);
            if (reported)
            {
                throw own.Explain(e, cancellationToken);
            }

            throw;
        }
    }

    protected override async Task<IStaging<TRow>> OpenStagingAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        var staging = new SqlServerStaging<TRow>(this, Database, contract, contract.PlanFor<SqlServerLoadPlan>(), run.Slice);
        await _area.AddAsync(staging, cancellationToken).ConfigureAwait(false);
        return staging;
    }

    protected override Task CompleteStagingAsync(CancellationToken cancellationToken) => _area.CompleteAsync(cancellationToken);

    protected override Publication<SqlServerDatabase, SqlServerLoadPlan> CreatePublication() =>
        new Publication(server, Database, run, partitionLock, _area.Tables, logger);

    protected override Task<SqlServerDatabase> OpenAnotherAsync(CancellationToken cancellationToken) => server.OpenAsync(cancellationToken);

    protected override ILedgerEntries EntriesOver(SqlServerDatabase database) => new LedgerEntries(database, run);

    protected override async Task ReleaseAsync()
    {
        await partitionLock.ReleaseAsync(Database).ConfigureAwait(false);
        await _area.DropAsync().ConfigureAwait(false);
        Database.IsTainted = false;
    }

    protected override void NoteNotReleased(string reason) => logger.LockNotReleased(run.Pipeline, run.Partition.Key, reason);
}
