using Microsoft.Extensions.Logging;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Destinations;

/// <summary>
/// Publishes what a session has staged: what happens in which order, the same on every destination. What can be found out about the
/// staged rows is found out before the transaction, for that holds others up. The transaction is tried again from its start where
/// others were in its way.
/// </summary>
/// <typeparam name="TDatabase">The destination's connection.</typeparam>
/// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
internal abstract partial class Publication<TDatabase, TPlan>(
    TDatabase database, RunIdentity run, PartitionLock<TDatabase> partitionLock, ILedgerEntries ledger, IReadOnlyList<IStagedTable<TPlan>> tables, ILogger logger)
    where TDatabase : ITransactions
    where TPlan : LoadPlan
{
    private const int Attempts = 6;

    private readonly Staleness _staleness = new(ledger, run);
    private readonly PublicationRemarks _remarks = new(run, logger);

    /// <summary>Whether nobody could say if the commit was made: then nothing may be said of what was changed.</summary>
    internal bool IsInDoubt { get; private set; }

    protected TDatabase Database => database;

    protected RunIdentity Run => run;

    protected ILogger Logger => logger;

    protected IReadOnlyList<IStagedTable<TPlan>> Tables => tables;

    internal virtual async Task<IReadOnlyList<LoadedTable>> RunAsync(RunEnd end, CancellationToken cancellationToken)
    {
        StagesAll = end.Judge is { ReadsStagedRows: true } || end.RestatesRows.Any(reader => tables.Any(table => table.Contract == reader.Table));
        var superseded = new long[tables.Count];
        for (int i = 0; i < superseded.Length; i++)
        {
            superseded[i] = await CheckKeysAsync(tables[i], cancellationToken).ConfigureAwait(false);
        }

        if (end.Judge is { } judge)
        {
            // Before the transaction, which holds others up.
            var staged = new StagedRows<TPlan>(tables, superseded, FindAsync);
            end = end with { Checks = await judge.JudgeAsync(staged, cancellationToken).ConfigureAwait(false) };
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await PublishAsync(end, superseded, cancellationToken).ConfigureAwait(false);
            }
            catch (PipelineException e) when (attempt < Attempts && database.IsOpen && IsPassing(e))
            {
                NoteRetry(attempt + 1, e.What);
            }

            await Task.Delay(Backoff.After(attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether statements that only look, checks or what readers go by, read what is staged: then all rows must be where they can.</summary>
    protected bool StagesAll { get; private set; }

    /// <summary>Runs a check's statement, which changes nothing, outside a transaction.</summary>
    protected abstract Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken);

    /// <summary>Runs a statement of the plan's on the staged rows alone.</summary>
    /// <returns>The rows it touched.</returns>
    protected abstract Task<long> RunAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Runs a statement of the publish, and says which rule of the table refused a row.</summary>
    /// <returns>The rows it touched.</returns>
    protected abstract Task<long> RunAsync(IStagedTable<TPlan> table, LoadStatement statement, CancellationToken cancellationToken);

    /// <summary>Whether a query finds a row.</summary>
    protected abstract Task<bool> FindsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken);

    /// <summary>Runs a query that gives one row of one count.</summary>
    protected abstract Task<long> CountRowsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken);

    /// <summary>Runs a query that gives one row of two counts.</summary>
    protected abstract Task<(long InScope, long Missing)> CountAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken);

    /// <summary>Merges staged rows in one statement, where the table admits it.</summary>
    /// <returns>The rows inserted and updated; null where it does not, and nothing was done.</returns>
    protected virtual Task<(long Inserted, long Updated)?> TryUpsertAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken) =>
        Task.FromResult<(long, long)?>(null);

    /// <summary>Readies staged rows for being looked up.</summary>
    protected virtual async Task PrepareAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken)
    {
        if (table.Plan.IndexStaging is { } index)
        {
            await RunAsync(index, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins the publishing transaction, and asks in it whether the partition still is this run's.</summary>
    protected virtual Task<bool> BeginHeldAsync(CancellationToken cancellationToken) => partitionLock.BeginHeldAsync(database, cancellationToken);

    /// <summary>Locks of the tables what must not change, or be seen changing, under the publish.</summary>
    protected abstract Task LockTablesAsync(CancellationToken cancellationToken);

    /// <summary>A table as the destination calls it, whatever its contract does: known once the tables are locked.</summary>
    protected abstract string NameOf(IStagedTable<TPlan> table);

    /// <summary>Notes who loaded a table before this run.</summary>
    protected void NoteLoader(TableContract contract, string? before) => _remarks.NoteLoader(contract, before);

    /// <summary>What of a table's own hears of writes to it.</summary>
    protected abstract Task<TableListeners> FindListenersAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken);

    /// <summary>Gives a table that is replaced as a whole, and holds no row, the shape of its contract where it has another.</summary>
    protected abstract Task ReshapeAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken);

    /// <summary>Whether a failure passes: other transactions were in the way, and the server has ended this one for it.</summary>
    protected virtual bool IsPassing(PipelineException failure) => false;

    /// <summary>Logs that the publish is tried again.</summary>
    protected virtual void NoteRetry(int attempt, string reason)
    {
    }

    /// <summary>Whether the ledger says that this run has published, asked over another connection once the own one is lost.</summary>
    protected virtual Task<bool> FindPublishedAsync() => Task.FromResult(false);

    /// <summary>Commits what was published.</summary>
    protected virtual Task CommitAsync() => database.CommitAsync();

    private async Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, long[] superseded, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!await BeginHeldAsync(cancellationToken).ConfigureAwait(false))
            {
                throw partitionLock.Lost();
            }

            await LockTablesAsync(cancellationToken).ConfigureAwait(false);
            bool overtaken = tables.Any(table => table.Contract.DeleteMissing is { OnlyByLatest: true })
                && await _staleness.IsOvertakenAsync(end.ComesLater, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < tables.Count; i++)
            {
                await CheckLimitsAsync(tables[i], superseded[i], Deletes(tables[i], end, overtaken), cancellationToken).ConfigureAwait(false);
            }

            var loaded = new LoadedTable[tables.Count];
            var restated = new List<RestatedPartitions>();
            for (int i = 0; i < loaded.Length; i++)
            {
                restated.AddRange(await FindRestatedAsync(tables[i], end, Deletes(tables[i], end, overtaken), cancellationToken).ConfigureAwait(false));
                loaded[i] = await PublishAsync(tables[i], superseded[i], Deletes(tables[i], end, overtaken), cancellationToken).ConfigureAwait(false);
            }

            string? outdated = await NoteInLedgerAsync(end, loaded, restated, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await CommitForCertainAsync().ConfigureAwait(false);
            _remarks.Say(tables.Where(table => table.Contract.DeleteMissing is not null && !Deletes(table, end, overtaken)).Select(table => table.Contract), end, outdated);
            return loaded;
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }

    /// <returns>How many staged rows gave way to a later one.</returns>
    private async Task<long> CheckKeysAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken)
    {
        await PrepareAsync(table, cancellationToken).ConfigureAwait(false);
        if (table.HasDistinctKeys)
        {
            return 0;
        }

        if (await table.FindDuplicatesAsync(cancellationToken).ConfigureAwait(false) is { } duplicates)
        {
            throw duplicates;
        }

        return table.Plan.KeepLatest is { } keepLatest ? await RunAsync(keepLatest, cancellationToken).ConfigureAwait(false) : 0;
    }

    /// <summary>What only the table can tell, asked before the first table changes.</summary>
    private async Task CheckLimitsAsync(IStagedTable<TPlan> table, long superseded, bool deletesMissing, CancellationToken cancellationToken)
    {
        if (await table.FindConflictAsync(cancellationToken).ConfigureAwait(false) is { } conflict)
        {
            throw conflict;
        }

        if (deletesMissing && table.Plan.CountMissing is { } countMissing)
        {
            (long inScope, long missing) = await CountAsync(table.Contract, countMissing, cancellationToken).ConfigureAwait(false);
            table.Contract.DeleteMissing!.Check(table.Contract.DisplayName, table.Staged - superseded, inScope, missing);
        }
    }

    /// <summary>What the batch does not have may be what was left out of it; what an older one does not have may have come with a later one.</summary>
    private static bool Deletes(IStagedTable<TPlan> table, RunEnd end, bool overtaken) =>
        table.Contract.DeleteMissing is { } limits && end.LeftOut == 0 && !(overtaken && limits.OnlyByLatest);

    private async Task<LoadedTable> PublishAsync(IStagedTable<TPlan> table, long superseded, bool deletesMissing, CancellationToken cancellationToken)
    {
        var writes = new TableWrites(table.Contract, table.Staged, superseded);
        TableListeners listeners = table.Plan.Publish.Any(IsVerified) ? await FindListenersAsync(table, cancellationToken).ConfigureAwait(false) : default;
        foreach (LoadStatement statement in table.Plan.Publish)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (statement.Effect is LoadEffect.DeleteMissing or LoadEffect.CloseMissing && !deletesMissing)
            {
                continue;
            }

            if (table.Contract.Strategy == LoadStrategy.ReplaceTable && statement.Effect == LoadEffect.Insert)
            {
                // The old rows are gone, and nobody has seen it: the table can take any shape.
                await ReshapeAsync(table, cancellationToken).ConfigureAwait(false);
            }

            if (statement.Effect == LoadEffect.Update
                && table.Plan.Upsert is not null
                && await TryUpsertAsync(table, cancellationToken).ConfigureAwait(false) is { } merged)
            {
                writes.Merged(merged.Inserted, merged.Updated);
                break;
            }

            writes.Touched(
                statement.Effect,
                listeners.Insertions && statement.CountAbsent is { } countAbsent
                    ? await InsertByKeyAsync(table, statement, countAbsent, writes, cancellationToken).ConfigureAwait(false)
                    : await RunAsync(table, statement, cancellationToken).ConfigureAwait(false));
            await VerifyAsync(table.Contract, statement, listeners, writes, cancellationToken).ConfigureAwait(false);
        }

        return writes.Count();
    }

    /// <returns>Why what is published is stale already; null where it is not.</returns>
    private async Task<string?> NoteInLedgerAsync(
        RunEnd end, LoadedTable[] loaded, List<RestatedPartitions> restated, CancellationToken cancellationToken)
    {
        RunEnd counted = end with { Counts = LoadedTable.Count(end.Counts, loaded), Tables = string.Join('\n', tables.Select(NameOf).Order(StringComparer.Ordinal)) };
        // Before the partition's own entry is written: a publish that is waited for may be about to write there, too.
        string? outdated = await _staleness.FindOutdatedAsync(end.Reads, cancellationToken).ConfigureAwait(false);
        RestatedPartitions[] allRestated = !loaded.Any(table => table.IsChanged)
            ? []
            : [.. end.Restates.Where(each => !each.ByPresence || loaded.Any(table => table.Inserted > 0 || table.Deleted > 0)), .. restated];
        await _staleness.HoldReadersAsync(allRestated, cancellationToken).ConfigureAwait(false);
        if (!await ledger.NotePublishedAsync(end.Partial ? PartitionState.Partial : PartitionState.Complete, counted, cancellationToken).ConfigureAwait(false))
        {
            throw partitionLock.Lost();
        }

        if (outdated is not null)
        {
            await _staleness.NoteOutdatedAsync(outdated, cancellationToken).ConfigureAwait(false);
        }

        await _staleness.NoteRestatedAsync(allRestated, cancellationToken).ConfigureAwait(false);

        return outdated;
    }

    private async Task CommitForCertainAsync()
    {
        var commit = new CertainCommit(database, CommitAsync, FindPublishedAsync);
        try
        {
            await commit.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            IsInDoubt = commit.IsInDoubt;
        }
    }
}
