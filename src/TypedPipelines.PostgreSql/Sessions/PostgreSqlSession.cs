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
    TimeProvider time,
    ILogger logger) : ServerSession<PostgreSqlDatabase, PostgreSqlLoadPlan>(database, partitionLock, before)
{
    private readonly StagingArea _area = new(database);

    /// <summary>Takes note of rows that a table has staged, and sends them when there are enough.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) => Watch(_area.OfferAsync(table, cancellationToken));

    public override async Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken)
    {
        PostgreSqlLoadPlan plan = contract.PlanFor<PostgreSqlLoadPlan>();
        string sql = partition is null ? plan.Read : plan.ReadWindow ?? throw ReadFailures.NoWindow(contract);
        return await OpenAsync(
            [contract],
            async own =>
            {
                NpgsqlDataReader rows = await own.ReadAsync(sql, cancellationToken, partition is null ? [] : SliceValues.Of(contract.Columns[contract.PartitionColumn!.Value].Type, partition.Window)).ConfigureAwait(false);
                ColumnForms.Check(rows, contract);
                return new PostgreSqlRowSource<TRow>(own, rows, contract);
            },
            static (reported, name) => PostgreSqlFailure.Of(reported, name),
            cancellationToken).ConfigureAwait(false);
    }

    public override Task<IRowSource<TRow>> ReadReplacedAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        LoadStatement read = contract.PlanFor<PostgreSqlLoadPlan>().Replaced!.Read;
        return OpenAsync(
            [contract],
            async own =>
            {
                NpgsqlDataReader rows = await own.ReadAsync(read.Sql, cancellationToken, read.Parameters == 0 ? [] : SliceValues.Of(contract, run.Slice)[..read.Parameters]).ConfigureAwait(false);
                ColumnForms.Check(rows, contract);
                return new PostgreSqlRowSource<TRow>(own, rows, contract);
            },
            static (reported, name) => PostgreSqlFailure.Of(reported, name),
            cancellationToken);
    }

    public override Task<IRowSource<TRow>> QueryAsync<TRow>(SqlQuery query, IRowContract<TRow> contract, CancellationToken cancellationToken) => OpenAsync(
        query.Reads,
        async own =>
        {
            NpgsqlDataReader rows = await own.ReadAsync(StepStatement.Text(query), cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
            return new PostgreSqlRowSource<TRow>(own, rows, contract, StepStatement.Columns(query, contract, rows));
        },
        (reported, name) => StepStatement.Failure(query, reported, name),
        cancellationToken);

    /// <summary>Opens rows of tables, which must be there, over a connection of their own.</summary>
    private async Task<IRowSource<TRow>> OpenAsync<TRow>(
        IReadOnlyList<TableContract> tables,
        Func<PostgreSqlDatabase, Task<PostgreSqlRowSource<TRow>>> open,
        Func<Exception, string, PipelineException> explain,
        CancellationToken cancellationToken)
    {
        PostgreSqlDatabase own = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await own.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
            foreach (TableContract table in tables)
            {
                if (!await own.FindsAsync("select 1 where to_regclass($1) is not null", cancellationToken, table.PlanFor<PostgreSqlLoadPlan>().Table).ConfigureAwait(false))
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
                throw explain(e, server.DisplayName);
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
        new Publication(server, Database, run, partitionLock, _area, time, logger);

    protected override Task<PostgreSqlDatabase> OpenAnotherAsync(CancellationToken cancellationToken) => server.OpenAsync(cancellationToken);

    protected override ILedgerEntries EntriesOver(PostgreSqlDatabase database) => new LedgerEntries(database, run);

    protected override async Task ReleaseAsync()
    {
        await partitionLock.ReleaseAsync(Database).ConfigureAwait(false);
        Database.IsTainted = false;
    }

    protected override bool IsAnswer(PipelineException failure) => PostgreSqlFailure.IsAnswer(failure);

    protected override void NoteNotReleased(string reason) => logger.LockNotReleased(run.Pipeline, run.Partition.Key, reason);
}
