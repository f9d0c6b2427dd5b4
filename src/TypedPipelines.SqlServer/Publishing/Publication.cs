using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>
/// Publishes what a session has staged. What can be found out about the staged rows is found out before the transaction, which
/// is tried again from its start where other transactions were in its way.
/// </summary>
internal sealed class Publication(
    SqlServerServer server,
    SqlServerDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    IReadOnlyList<IStagedTable> tables,
    ILogger logger)
{
    /// <summary>Changes nothing. It waits for the transaction in doubt, which has touched the row, whatever the isolation.</summary>
    internal const string FindPublished = """
        update typed_pipelines.run
        set outcome = outcome
        where run_id = @run and outcome = N'succeeded'
        """;

    private const int Attempts = 6;

    /// <summary>Whether nobody could say if the commit was made: then nothing may be said of what was changed.</summary>
    internal bool IsInDoubt { get; private set; }

    internal async Task<IReadOnlyList<LoadedTable>> RunAsync(RunEnd end, CancellationToken cancellationToken)
    {
        var superseded = new long[tables.Count];
        for (int i = 0; i < superseded.Length; i++)
        {
            superseded[i] = await CheckKeysAsync(tables[i], cancellationToken).ConfigureAwait(false);
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await PublishAsync(end, superseded, cancellationToken).ConfigureAwait(false);
            }
            catch (PipelineException e) when (attempt < Attempts && database.IsOpen && SqlServerFailure.IsPassing(e))
            {
                logger.Retrying(run.Pipeline, run.Partition.Key, attempt + 1, e.What);
            }

            await Task.Delay(Backoff.After(attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, long[] superseded, CancellationToken cancellationToken)
    {
        await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await partitionLock.IsHeldAsync(database, cancellationToken).ConfigureAwait(false))
            {
                throw partitionLock.Lost();
            }

            await TableLocks.TakeAsync(database, tables, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < tables.Count; i++)
            {
                await CheckLimitsAsync(tables[i], superseded[i], cancellationToken).ConfigureAwait(false);
            }

            var loaded = new LoadedTable[tables.Count];
            for (int i = 0; i < loaded.Length; i++)
            {
                loaded[i] = await PublishAsync(tables[i], superseded[i], cancellationToken).ConfigureAwait(false);
            }

            await NoteInLedgerAsync(end, loaded, superseded.Sum(), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await CommitAsync().ConfigureAwait(false);
            return loaded;
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }

    /// <returns>How many staged rows gave way to a later one.</returns>
    private async Task<long> CheckKeysAsync(IStagedTable table, CancellationToken cancellationToken)
    {
        if (table.Plan.IndexStaging is { } index)
        {
            await database.RunAsync(index, cancellationToken).ConfigureAwait(false);
        }

        if (await table.FindDuplicatesAsync(cancellationToken).ConfigureAwait(false) is { } duplicates)
        {
            throw duplicates;
        }

        return table.Plan.KeepLatest is { } keepLatest ? await database.RunAsync(keepLatest, cancellationToken).ConfigureAwait(false) : 0;
    }

    /// <summary>What only the table can tell, asked before the first table changes.</summary>
    private async Task CheckLimitsAsync(IStagedTable table, long superseded, CancellationToken cancellationToken)
    {
        if (await table.FindConflictAsync(cancellationToken).ConfigureAwait(false) is { } conflict)
        {
            throw conflict;
        }

        if (table.Plan.CountMissing is { } countMissing)
        {
            List<(long InScope, long Missing)> counts = await database.QueryAsync(
                countMissing, static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, SliceValues.Of(table.Contract, run.Slice)).ConfigureAwait(false);
            table.Contract.DeleteMissing!.Check(table.Contract.DisplayName, table.Staged - superseded, counts[0].InScope, counts[0].Missing);
        }
    }

    private async Task<LoadedTable> PublishAsync(IStagedTable table, long superseded, CancellationToken cancellationToken)
    {
        long inserted = 0;
        long updated = 0;
        long deleted = 0;
        foreach (SqlServerStatement statement in table.Plan.Publish)
        {
            long touched = await RunAsync(table.Contract, statement, cancellationToken).ConfigureAwait(false);
            switch (statement.Effect)
            {
                case SqlServerEffect.Insert:
                    inserted += touched;
                    break;
                case SqlServerEffect.Update:
                    updated += touched;
                    break;
                case SqlServerEffect.Delete:
                    deleted += touched;
                    break;
            }
        }

        return new LoadedTable(table.Contract.DisplayName, table.Staged, superseded, inserted, updated, deleted);
    }

    private async Task<long> RunAsync(TableContract contract, SqlServerStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(statement.Sql, cancellationToken, SliceValues.Of(contract, run.Slice)).ConfigureAwait(false);
        }
        catch (PipelineException e) when (ConstraintFailure.Is(e))
        {
            throw ConstraintFailure.Of(contract, e);
        }
    }

    private async Task NoteInLedgerAsync(RunEnd end, LoadedTable[] loaded, long superseded, CancellationToken cancellationToken)
    {
        RunEnd counted = end with
        {
            Counts = end.Counts with { Loaded = end.Counts.Loaded - superseded, Dropped = end.Counts.Dropped + superseded },
        };
        var ledger = new LedgerEntries(database, run);
        await ledger.NoteLoadedAsync(end.Partial ? PartitionState.Partial : PartitionState.Complete, counted, cancellationToken).ConfigureAwait(false);
        if (loaded.Any(table => table.IsChanged))
        {
            await ledger.NoteStaleAsync(end.Restates, cancellationToken).ConfigureAwait(false);
        }

        if (!await ledger.NoteEndAsync(counted, cancellationToken).ConfigureAwait(false))
        {
            throw partitionLock.Lost();
        }
    }

    /// <summary>Commits; and where the connection is lost over it, finds out whether the server did.</summary>
    private async Task CommitAsync()
    {
        try
        {
            await database.CommitAsync().ConfigureAwait(false);
        }
        catch (PipelineException e) when (!database.IsOpen)
        {
            if (!await HasPublishedAsync(e).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    private async Task<bool> HasPublishedAsync(PipelineException lost)
    {
        try
        {
            SqlServerDatabase other = await server.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using (other.ConfigureAwait(false))
            {
                return await other.RunAsync(FindPublished, CancellationToken.None, ("@run", run.RunId)).ConfigureAwait(false) > 0;
            }
        }
        catch (PipelineException)
        {
            IsInDoubt = true;
            throw new PipelineException(
                lost.Kind,
                $"{lost.What}, while the run was being committed",
                "Whether it was published, the ledger knows: look at `status` when the server is back, and run the partition again if it is not complete.",
                lost.InnerException);
        }
    }
}
