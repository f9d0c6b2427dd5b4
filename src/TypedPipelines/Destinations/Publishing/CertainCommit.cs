namespace TypedPipelines.Destinations;

/// <summary>A commit of which it is known whether it was made, also where the connection is lost over it.</summary>
/// <param name="transactions">The connection.</param>
/// <param name="commit">Commits.</param>
/// <param name="findPublished">Whether the ledger says that the run has published, asked over another connection.</param>
internal sealed class CertainCommit(ITransactions transactions, Func<Task> commit, Func<Task<bool>> findPublished)
{
    /// <summary>Whether nobody could say if the commit was made: then nothing may be said of what was changed.</summary>
    internal bool IsInDoubt { get; private set; }

    internal async Task RunAsync()
    {
        try
        {
            await commit().ConfigureAwait(false);
        }
        catch (PipelineException e) when (!transactions.IsOpen)
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
            return await findPublished().ConfigureAwait(false);
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
