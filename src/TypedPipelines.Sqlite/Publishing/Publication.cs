using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Publishes what a session has staged. What can be found out about the staged rows is found out before the database's
/// write lock is taken, for every other writer waits for it.
/// </summary>
internal sealed class Publication(SqliteDatabase database, RunIdentity run, PartitionLock partitionLock, IReadOnlyList<IStagedTable> tables)
{
    internal async Task<IReadOnlyList<LoadedTable>> RunAsync(RunEnd end, CancellationToken cancellationToken)
    {
        // A long statement hears of a cancellation only this way.
        using CancellationTokenRegistration interrupt = cancellationToken.Register(database.Interrupt);
        long[] superseded = [.. tables.Select(CheckKeys)];
        cancellationToken.ThrowIfCancellationRequested();
        await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!partitionLock.IsHeld(database))
            {
                throw partitionLock.Lost();
            }

            for (int i = 0; i < tables.Count; i++)
            {
                CheckLimits(tables[i], superseded[i]);
            }

            var loaded = new LoadedTable[tables.Count];
            for (int i = 0; i < tables.Count; i++)
            {
                loaded[i] = Publish(tables[i], superseded[i], cancellationToken);
            }

            NoteInLedger(end, loaded, superseded.Sum());
            cancellationToken.ThrowIfCancellationRequested();

            // From here on it is too late to cancel: an interrupted commit would leave open what was published.
            interrupt.Dispose();
            database.Commit();
            return loaded;
        }
        finally
        {
            database.RollBack();
        }
    }

    /// <returns>How many staged rows gave way to a later one.</returns>
    private long CheckKeys(IStagedTable table)
    {
        if (table.Plan.IndexStaging is { } index)
        {
            database.Run(index);
        }

        if (table.FindDuplicates() is { } duplicates)
        {
            throw duplicates;
        }

        return table.Plan.KeepLatest is null ? 0 : database.Run(table.Plan.KeepLatest);
    }

    /// <summary>What only the table can tell, asked before the first table changes.</summary>
    private void CheckLimits(IStagedTable table, long superseded)
    {
        if (table.FindConflict() is { } conflict)
        {
            throw conflict;
        }

        if (table.Plan.CountMissing is { } countMissing)
        {
            using SqliteQuery counts = database.Prepare(countMissing, SliceValues.Of(table.Contract, run.Slice));
            counts.Step();
            table.Contract.DeleteMissing!.Check(table.Contract.DisplayName, table.Staged - superseded, counts.Number(0), counts.Number(1));
        }
    }

    private LoadedTable Publish(IStagedTable table, long superseded, CancellationToken cancellationToken)
    {
        long inserted = 0;
        long updated = 0;
        long deleted = 0;
        foreach (SqliteStatement statement in table.Plan.Publish)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int touched = Run(table.Contract, statement.Sql);
            switch (statement.Effect)
            {
                case SqliteEffect.Insert:
                    inserted += touched;
                    break;
                case SqliteEffect.Update:
                    updated += touched;
                    break;
                case SqliteEffect.Delete:
                    deleted += touched;
                    break;
            }
        }

        return new LoadedTable(table.Contract.DisplayName, table.Staged, superseded, inserted, updated, deleted);
    }

    private int Run(TableContract contract, string sql)
    {
        try
        {
            return database.Run(sql, SliceValues.Of(contract, run.Slice));
        }
        catch (PipelineException e) when (SqliteFailure.IsConstraint(e))
        {
            throw ConstraintFailure.Of(database, contract, e);
        }
    }

    private void NoteInLedger(RunEnd end, LoadedTable[] loaded, long superseded)
    {
        RunEnd counted = end with
        {
            Counts = end.Counts with { Loaded = end.Counts.Loaded - superseded, Dropped = end.Counts.Dropped + superseded },
        };
        var ledger = new LedgerEntries(database, run);
        ledger.NoteLoaded(end.Partial ? PartitionState.Partial : PartitionState.Complete, counted);
        if (loaded.Any(table => table.IsChanged))
        {
            ledger.NoteStale(end.Restates);
        }

        ledger.NoteEnd(counted);
    }
}
