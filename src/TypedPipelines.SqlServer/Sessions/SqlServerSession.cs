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
        return await OpenAsync(
            [contract],
            async own =>
            {
                SqlDataReader rows = await own.ReadAsync(sql, cancellationToken, partition is null ? [] : SliceValues.Of(contract.Columns[contract.PartitionColumn!.Value].Type, partition.Window)).ConfigureAwait(false);
                ColumnForms.Check(rows, contract);
                return new SqlServerRowSource<TRow>(own, rows, contract);
            },
            static explained => explained,
            cancellationToken).ConfigureAwait(false);
    }

    public override Task<IRowSource<TRow>> ReadReplacedAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken) => OpenAsync(
        [contract],
        async own =>
        {
            SqlDataReader rows = await own.ReadAsync(
                contract.PlanFor<SqlServerLoadPlan>().Replaced!.Read.Sql, cancellationToken, SliceValues.Of(contract, run.Slice)).ConfigureAwait(false);
            ColumnForms.Check(rows, contract);
            return new SqlServerRowSource<TRow>(own, rows, contract);
        },
        static explained => explained,
        cancellationToken);

    /// <summary>In a transaction that is always taken back: a statement that changes something changes nothing.</summary>
    public override Task<IRowSource<TRow>> QueryAsync<TRow>(SqlQuery query, IRowContract<TRow> contract, CancellationToken cancellationToken) => OpenAsync(
        query.Reads,
        async own =>
        {
            await own.BeginAsync(cancellationToken).ConfigureAwait(false);
            SqlDataReader rows = await own.QueryAsync(StepStatement.Text(query), run: true, cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
            return new SqlServerRowSource<TRow>(own, rows, contract, StepStatement.Columns(query, contract, rows));
        },
        explained => StepStatement.Failure(query, explained),
        cancellationToken);

    /// <summary>Opens rows of tables, which must be there, over a connection of their own.</summary>
    private async Task<IRowSource<TRow>> OpenAsync<TRow>(
        IReadOnlyList<TableContract> tables,
        Func<SqlServerDatabase, Task<SqlServerRowSource<TRow>>> open,
        Func<Exception, Exception> explain,
        CancellationToken cancellationToken)
    {
        SqlServerDatabase own = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (TableContract table in tables)
            {
                if (!await FoundTable.ExistsAsync(own, table.PlanFor<SqlServerLoadPlan>().Table, cancellationToken).ConfigureAwait(false))
                {
                    throw ReadFailures.NoTable(table, server.DisplayName);
                }
            }

            return await open(own).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            bool reported = own.IsReported(e);
            own.CancelRead();
            await own.DisposeAsync().ConfigureAwait(false);
            if (reported)
            {
                throw explain(own.Explain(e, cancellationToken));
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
