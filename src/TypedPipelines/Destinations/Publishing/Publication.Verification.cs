namespace TypedPipelines.Destinations;

/// <content>Looks at what a statement has done, where something of the table's own may have had it come out otherwise.</content>
internal abstract partial class Publication<TDatabase, TPlan>
{
    private static bool IsVerified(LoadStatement statement) =>
        statement.FindKept is not null || statement.CountFound is not null || statement.CountAbsent is not null;

    /// <summary>Inserts rows that are told apart by a key, and counts those that the table has left out.</summary>
    private async Task<long> InsertByKeyAsync(
        IStagedTable<TPlan> table, LoadStatement statement, string countAbsent, TableWrites writes, CancellationToken cancellationToken)
    {
        var count = new LoadStatement(LoadEffect.None, countAbsent);
        long before = await CountRowsAsync(table.Contract, count, cancellationToken).ConfigureAwait(false);
        long inserted = await RunAsync(table, statement, cancellationToken).ConfigureAwait(false);
        long after = await CountRowsAsync(table.Contract, count, cancellationToken).ConfigureAwait(false);
        long changed = after - (before - inserted);
        if (changed > 0)
        {
            throw ChangedRows.Of(table.Contract, changed);
        }

        writes.LeftOut(after);
        return inserted;
    }

    /// <summary>Looks for what a statement has written, where something of the table's own may have had it come out otherwise.</summary>
    private async Task VerifyAsync(
        TableContract contract, LoadStatement statement, TableListeners listeners, TableWrites writes, CancellationToken cancellationToken)
    {
        if (listeners.Deletions
            && statement.FindKept is { } findKept
            && await FindsAsync(contract, statement with { Sql = findKept }, cancellationToken).ConfigureAwait(false))
        {
            throw RefusedDeletion.Silent(contract);
        }

        if (listeners.Insertions
            && statement.CountFound is { } countFound
            && await CountRowsAsync(contract, countFound, cancellationToken).ConfigureAwait(false) is var found)
        {
            if (found < writes.Inserted)
            {
                throw ChangedRows.Of(contract, writes.Inserted - found);
            }

            writes.Found(found);
        }
    }
}
