namespace TypedPipelines.Destinations;

/// <content>Keeps what a load replaces, where the contracts ask for it, and puts it back where the publish undoes a load.</content>
internal abstract partial class Publication<TDatabase, TPlan>
{
    /// <summary>The tables that another has loaded before: what was kept of them then is not what is in them now.</summary>
    private readonly HashSet<TableContract> _taken = [];

    /// <summary>Whether a table that is replaced as a whole takes another shape with these rows: then its old ones fit no table of kept rows.</summary>
    protected abstract Task<bool> IsReshapedAsync(IStagedTable<TPlan> table, CancellationToken cancellationToken);

    /// <summary>Keeps the rows that the publish is about to replace; of an undo forgets those that it is about to put back.</summary>
    /// <returns>Whether they are kept.</returns>
    private async Task<bool> KeepReplacedAsync(IStagedTable<TPlan> table, RunEnd end, CancellationToken cancellationToken)
    {
        if (table.Plan.Replaced is not { } replaced)
        {
            return false;
        }

        await RunAsync(table, replaced.Forget, cancellationToken).ConfigureAwait(false);
        if (end.Undoes is not null
            || (table.Contract.Strategy == LoadStrategy.ReplaceTable && await IsReshapedAsync(table, cancellationToken).ConfigureAwait(false)))
        {
            return false;
        }

        await RunAsync(table, replaced.Keep, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Has the ledger say of the partition what is so after this publish, and that the run has ended.</summary>
    /// <param name="state">What a load makes of the partition.</param>
    /// <param name="end">How the run ended.</param>
    /// <param name="kept">Whether what it replaced is kept, of all its tables.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether the run's end was noted.</returns>
    private async Task<bool> NotePartitionAsync(Ledger.PartitionState state, RunEnd end, bool kept, CancellationToken cancellationToken)
    {
        foreach (IStagedTable<TPlan> table in tables.Where(table => _taken.Contains(table.Contract)))
        {
            await ledger.ForgetReplacedAsync(NameOf(table), cancellationToken).ConfigureAwait(false);
        }

        if (end.Undoes is { } undone)
        {
            if (!await ledger.NoteUndoneAsync(undone, cancellationToken).ConfigureAwait(false))
            {
                throw new PipelineException(
                    FailureKind.LockLost,
                    $"what the last load of {run.Pipeline} {run.Partition.Key} replaced is no longer kept: it was loaded again, undone, or its table loaded by another pipeline in the meantime",
                    "Nothing was changed. Look at `status`, and at `plan` with --explain, for what is loaded now.");
            }

            return await ledger.NoteEndAsync(end, cancellationToken).ConfigureAwait(false);
        }

        if (kept)
        {
            await ledger.NoteReplacedAsync(end.Tables!, cancellationToken).ConfigureAwait(false);
        }

        return await ledger.NotePublishedAsync(state, end, cancellationToken).ConfigureAwait(false);
    }
}
