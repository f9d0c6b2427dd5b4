using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Publishes what a session has staged. What can be found out about the staged rows is found out before the transaction, which
/// is tried again from its start where other transactions were in its way.
/// </summary>
internal sealed class Publication(
    PostgreSqlServer server,
    PostgreSqlDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    IReadOnlyList<IStagedTable> tables,
    ILogger logger)
{
    /// <summary>From so many rows on the planner must know what is in a staging table; nothing analyzes temporary tables by itself.</summary>
    private const int WorthAnalyzing = 1000;

    private const int Attempts = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

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
            catch (PipelineException e) when (attempt < Attempts && PostgreSqlFailure.IsPassing(e))
            {
                logger.Retrying(run.Pipeline, run.Partition.Key, attempt + 1, e.What);
            }

            // Twice as long each time, and never as long as whoever else was in the way.
            await Task.Delay(FirstPause * (Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble())), cancellationToken).ConfigureAwait(false);
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

            await LockTablesAsync(cancellationToken).ConfigureAwait(false);
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

        if (table.Staged >= WorthAnalyzing && table.Contract.Strategy is LoadStrategy.Merge or LoadStrategy.History)
        {
            await database.RunAsync($"analyze {table.Plan.Staging}", cancellationToken).ConfigureAwait(false);
        }

        if (await table.FindDuplicatesAsync(cancellationToken).ConfigureAwait(false) is { } duplicates)
        {
            throw duplicates;
        }

        return table.Plan.KeepLatest is { } keepLatest ? await database.RunAsync(keepLatest, cancellationToken).ConfigureAwait(false) : 0;
    }

    /// <summary>
    /// Runs of different partitions take turns where they could touch the same rows of a table: else both would insert one new
    /// key, or each wait for the other. Readers and replaced windows wait for nobody.
    /// </summary>
    private async Task LockTablesAsync(CancellationToken cancellationToken)
    {
        foreach (IStagedTable table in tables
            .Where(table => table.Contract.Strategy is LoadStrategy.Merge or LoadStrategy.ReplaceTable or LoadStrategy.History)
            .OrderBy(table => table.Plan.Table, StringComparer.Ordinal))
        {
            await database.RunAsync(
                "select pg_advisory_xact_lock($1, to_regclass($2)::oid::integer)", cancellationToken, LockKey.Tables, table.Plan.Table).ConfigureAwait(false);
        }
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
                countMissing.Sql, static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, ValuesOf(table.Contract, countMissing)).ConfigureAwait(false);
            table.Contract.DeleteMissing!.Check(table.Contract.DisplayName, table.Staged - superseded, counts[0].InScope, counts[0].Missing);
        }
    }

    private object?[] ValuesOf(TableContract contract, PostgreSqlStatement statement) =>
        statement.Parameters == 0 ? [] : SliceValues.Of(contract, run.Slice)[..statement.Parameters];

    private async Task<LoadedTable> PublishAsync(IStagedTable table, long superseded, CancellationToken cancellationToken)
    {
        long inserted = 0;
        long updated = 0;
        long deleted = 0;
        foreach (PostgreSqlStatement statement in table.Plan.Publish)
        {
            long touched = await RunAsync(table.Contract, statement, cancellationToken).ConfigureAwait(false);
            switch (statement.Effect)
            {
                case PostgreSqlEffect.Insert:
                    inserted += touched;
                    break;
                case PostgreSqlEffect.Update:
                    updated += touched;
                    break;
                case PostgreSqlEffect.Delete:
                    deleted += touched;
                    break;
            }
        }

        return new LoadedTable(table.Contract.DisplayName, table.Staged, superseded, inserted, updated, deleted);
    }

    private async Task<long> RunAsync(TableContract contract, PostgreSqlStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(statement.Sql, cancellationToken, ValuesOf(contract, statement)).ConfigureAwait(false);
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
            PostgreSqlDatabase other = await server.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using (other.ConfigureAwait(false))
            {
                // Waits for the transaction in doubt, which has touched the row.
                return await other.FindsAsync(
                    "select 1 from typed_pipelines.run where run_id = $1 and outcome = 'succeeded' for update", CancellationToken.None, run.RunId).ConfigureAwait(false);
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
