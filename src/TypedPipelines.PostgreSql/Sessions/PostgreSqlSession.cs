using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>A run's hold on its partition, with the connection that has the lock and the temporary tables in which its rows are staged.</summary>
internal sealed class PostgreSqlSession(
    PostgreSqlServer server,
    PostgreSqlDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    PartitionEntry? before,
    ILogger logger) : IPartitionSession
{
    private readonly StagingArea _area = new(database);
    private bool _disposed;

    public PartitionEntry? Before { get; } = before;

    public async Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var staging = new PostgreSqlStaging<TRow>(this, database, contract, contract.PlanFor<PostgreSqlLoadPlan>(), run.Slice);
        try
        {
            await _area.AddAsync(staging, cancellationToken).ConfigureAwait(false);
            return staging;
        }
        catch (PipelineException e) when (!database.IsOpen)
        {
            throw partitionLock.Lost(e);
        }
    }

    /// <summary>Takes note of rows that a table has staged, and sends them when there are enough.</summary>
    internal ValueTask OfferAsync(IStagedTable table, CancellationToken cancellationToken)
    {
        ValueTask sending = _area.OfferAsync(table, cancellationToken);
        return sending.IsCompletedSuccessfully ? sending : WatchAsync(sending);
    }

    public async Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken)
    {
        PostgreSqlLoadPlan plan = contract.PlanFor<PostgreSqlLoadPlan>();
        string sql = partition is null ? plan.Read : plan.ReadWindow ?? throw NoWindow(contract);
        PostgreSqlDatabase own = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await own.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
            if (!await own.FindsAsync("select 1 where to_regclass($1) is not null", cancellationToken, plan.Table).ConfigureAwait(false))
            {
                throw new PipelineException(
                    FailureKind.Upstream,
                    $"the table {contract.DisplayName} does not exist in {server.DisplayName}",
                    "Load it first: run the pipeline that loads it, which may be part of another program.");
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

    public async Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken)
    {
        var publication = new Publication(server, database, run, partitionLock, _area.Tables, logger);
        try
        {
            await _area.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return await publication.RunAsync(end, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (e.Kind == FailureKind.Destination && !database.IsOpen && !publication.IsInDoubt)
        {
            throw partitionLock.Lost(e);
        }
    }

    /// <summary>Over a connection of its own: the session's may be lost, or in the middle of a COPY.</summary>
    public async Task FailAsync(RunEnd end, CancellationToken cancellationToken)
    {
        PostgreSqlDatabase other = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            await other.BeginAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var ledger = new LedgerEntries(other, run);
                bool held = await partitionLock.IsHeldAsync(other, cancellationToken).ConfigureAwait(false);

                // What the partition is, only its holder can say; and a run that was cancelled or superfluous has learnt nothing about it.
                if (await ledger.NoteEndAsync(end, cancellationToken).ConfigureAwait(false) && held && end.Outcome == RunOutcome.Failed)
                {
                    await ledger.NoteFailedAsync(end, cancellationToken).ConfigureAwait(false);
                }

                await other.CommitAsync().ConfigureAwait(false);
            }
            finally
            {
                await other.RollBackAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await _area.AbandonAsync().ConfigureAwait(false);
            await database.RollBackAsync().ConfigureAwait(false);
            if (database.IsOpen)
            {
                await partitionLock.ReleaseAsync(database).ConfigureAwait(false);
                database.IsTainted = false;
            }
        }
        catch (PipelineException e)
        {
            // The lock goes with the connection; whoever comes next sees in the row that this run is gone.
            logger.LockNotReleased(run.Pipeline, run.Partition.Key, e.What);
        }
        finally
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask WatchAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (PipelineException e) when (!database.IsOpen)
        {
            throw partitionLock.Lost(e);
        }
    }

    private static PipelineException NoWindow(TableContract contract) => new(
        FailureKind.Usage,
        $"the table {contract.DisplayName} has no partition column, so that no window of it can be read",
        "Read Table<T>.All, or give the contract a strategy with a partition column.");
}
