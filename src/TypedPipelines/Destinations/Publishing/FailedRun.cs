using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>Notes the end of a run that published nothing.</summary>
internal static class FailedRun
{
    internal static async Task NoteAsync<TDatabase>(
        TDatabase database, PartitionLock<TDatabase> partitionLock, ILedgerEntries ledger, RunEnd end, CancellationToken cancellationToken)
        where TDatabase : ITransactions
    {
        try
        {
            bool held = await partitionLock.BeginHeldAsync(database, cancellationToken).ConfigureAwait(false);

            // What the partition is, only its holder can say; and a run that was cancelled or superfluous has learnt nothing about it.
            if (await ledger.NoteEndAsync(end, cancellationToken).ConfigureAwait(false) && held && end.Outcome == RunOutcome.Failed)
            {
                await ledger.NoteFailedAsync(end, cancellationToken).ConfigureAwait(false);
            }

            await database.CommitAsync().ConfigureAwait(false);
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }
}
