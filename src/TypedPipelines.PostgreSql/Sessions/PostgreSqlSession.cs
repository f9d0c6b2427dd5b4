using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>A run's hold on its partition at PostgreSQL.</summary>
internal sealed class PostgreSqlSession(
    PostgreSqlServer server,
    PostgreSqlDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    PartitionEntry? before,
    ILogger logger) : ServerSession<PostgreSqlDatabase, PostgreSqlLoadPlan>(database, partitionLock, before)
{
    private readonly StagingArea _area = new(database);

    /// <summary>Takes note of rows that a table has staged, and sends them when there are enough.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) => Watch(_area.OfferAsync(table, cancellationToken));

    public override async Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken)
    {
        PostgreSqlLoadPlan plan = contract.PlanFor<PostgreSqlLoadPlan>();
        string sql = partition is null ? plan.Read : plan.ReadWindow ?? throw ReadFailures.NoWindow(contract);
        PostgreSqlDatabase own = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await own.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
            if (!await own.FindsAsync("select 1 where to_regclass($1) is not null", cancellationToken, plan.Table).ConfigureAwait(false))
            {
                throw ReadFailures.NoTable(contract, server.DisplayName);
            }

            NpgsqlDataReader rows = await own.ReadAsync(sql, cancellationToken, partition is null ? [] : SliceValues.Of(contract.Columns[contract.PartitionColumn!.Value].Type, partition.Window)).ConfigureAwait(false);
            ColumnForms.Check(rows, contract);
            return new PostgreSqlRowSource<TRow>(own, rows, contract);
        }
        catch (Exception e)
        {
            bool reported = own.IsReported(e);
            own.CancelRead();
            await own.DisposeAsync().ConfigureAwait(false);
            if (reported)
            {
                throw PostgreSqlFailure.Of(e, server.DisplayName);
            }

            throw;
        }
    }

    protected override async Task<IStaging<TRow>> OpenStagingAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        var staging = new PostgreSqlStaging<TRow>(this, Database, contract, contract.PlanFor<PostgreSqlLoadPlan>(), run.Slice);
        await _area.AddAsync(staging, cancellationToken).ConfigureAwait(false);
        return staging;
    }

    protected override Task CompleteStagingAsync(CancellationToken cancellationToken) => _area.CompleteAsync(cancellationToken);

    protected override Task AbandonStagingAsync() => _area.AbandonAsync();

    protected override Publication<PostgreSqlDatabase, PostgreSqlLoadPlan> CreatePublication() =>
        new Publication(server, Database, run, partitionLock, _area, logger);

    protected override Task<PostgreSqlDatabase> OpenAnotherAsync(CancellationToken cancellationToken) => server.OpenAsync(cancellationToken);

    protected override ILedgerEntries EntriesOver(PostgreSqlDatabase database) => new LedgerEntries(database, run);

    protected override async Task ReleaseAsync()
    {
        await partitionLock.ReleaseAsync(Database).ConfigureAwait(false);
        Database.IsTainted = false;
    }

    protected override void NoteNotReleased(string reason) => logger.LockNotReleased(run.Pipeline, run.Partition.Key, reason);
}
