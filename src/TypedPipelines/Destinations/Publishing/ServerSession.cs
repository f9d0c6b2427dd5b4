using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>
/// A run's hold on its partition at a database server, with the connection that has the lock and the temporary tables in which its rows
/// are staged. Where that connection is lost, so is the lock: that is what the run fails with then.
/// </summary>
/// <typeparam name="TDatabase">The destination's connection.</typeparam>
/// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
internal abstract class ServerSession<TDatabase, TPlan>(TDatabase database, PartitionLock<TDatabase> partitionLock, PartitionEntry? before) : IPartitionSession
    where TDatabase : ITransactions, IAsyncDisposable
    where TPlan : LoadPlan
{
    /// <summary>For half a minute: servers start again within seconds, and nobody waits for one that does not.</summary>
    private const int AttemptsToNote = 30;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private bool _disposed;

    public PartitionEntry? Before { get; } = before;

    protected TDatabase Database => database;

    public async Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await OpenStagingAsync(contract, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (!database.IsOpen && !IsAnswer(e))
        {
            throw partitionLock.Lost(e);
        }
    }

    public abstract Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken);

    public abstract Task<IRowSource<TRow>> ReadReplacedAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken);

    public abstract Task<IRowSource<TRow>> QueryAsync<TRow>(SqlQuery query, IRowContract<TRow> contract, CancellationToken cancellationToken);

    public async Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken)
    {
        Publication<TDatabase, TPlan> publication = CreatePublication();
        try
        {
            await CompleteStagingAsync(cancellationToken).ConfigureAwait(false);
            return await publication.RunAsync(end, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (e.Kind == FailureKind.Destination && !database.IsOpen && !publication.IsInDoubt && !IsAnswer(e))
        {
            throw partitionLock.Lost(e);
        }
    }

    /// <summary>Over a connection of its own: the session's may be lost, or in the middle of a bulk copy.</summary>
    public async Task FailAsync(RunEnd end, CancellationToken cancellationToken)
    {
        TDatabase other = await OpenAgainAsync(cancellationToken).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            await FailedRun.NoteAsync(other, partitionLock, EntriesOver(other), end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where the session's connection is lost the server may be about to start again: what became of the run is worth waiting for.</summary>
    private async Task<TDatabase> OpenAgainAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await OpenAnotherAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PipelineException e) when (e.Kind == FailureKind.Destination && !database.IsOpen && attempt < AttemptsToNote)
            {
                await Task.Delay(BetweenAttempts, cancellationToken).ConfigureAwait(false);
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
            await AbandonStagingAsync().ConfigureAwait(false);
            await database.RollBackAsync().ConfigureAwait(false);
            if (database.IsOpen)
            {
                await ReleaseAsync().ConfigureAwait(false);
            }
        }
        catch (PipelineException e)
        {
            // The lock goes with the connection; whoever comes next sees in the row that this run is gone.
            NoteNotReleased(e.What);
        }
        finally
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says of rows that are on their way that the lock is lost, where the connection is.</summary>
    internal ValueTask Watch(ValueTask sending) => sending.IsCompletedSuccessfully ? sending : WatchAsync(sending);

    protected abstract Task<IStaging<TRow>> OpenStagingAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken);

    /// <summary>Sends what has not been sent yet: then the connection is free for statements.</summary>
    protected abstract Task CompleteStagingAsync(CancellationToken cancellationToken);

    /// <summary>Gives up rows that are being sent.</summary>
    protected virtual Task AbandonStagingAsync() => Task.CompletedTask;

    protected abstract Publication<TDatabase, TPlan> CreatePublication();

    protected abstract Task<TDatabase> OpenAnotherAsync(CancellationToken cancellationToken);

    protected abstract ILedgerEntries EntriesOver(TDatabase database);

    /// <summary>Gives the partition free, and leaves nothing in the server's session.</summary>
    protected abstract Task ReleaseAsync();

    /// <summary>Whether a failure is what the server said of a statement, after which the driver gave the connection up: then it, and not the lost lock, is the reason.</summary>
    protected virtual bool IsAnswer(PipelineException failure) => false;

    /// <summary>Logs that the partition could not be given free.</summary>
    protected abstract void NoteNotReleased(string reason);

    private async ValueTask WatchAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (PipelineException e) when (!database.IsOpen && !IsAnswer(e))
        {
            throw partitionLock.Lost(e);
        }
    }
}
