using System.Globalization;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>
/// Waits for a partition and takes it, together with the ledger's note that the run has begun. The lock is one of the
/// connection's session: the server gives it free when the connection goes, however the process ends.
/// </summary>
internal sealed class LockTaking(SqlServerDatabase database, RunIdentity run, TimeProvider time, ILogger logger)
{
    /// <summary>Takes the row of a partition, or makes it; gives its token. Two statements need no more: the partition is locked.</summary>
    internal const string WriteHolder = """
        update typed_pipelines.[lock]
        set token = token + 1,
            run_id = @run,
            worker = @worker,
            session_id = @@spid,
            acquired_at = @now
        where pipeline = @pipeline and [partition] = @partition;
        if @@rowcount = 0
            insert into typed_pipelines.[lock] (pipeline, [partition], token, run_id, worker, session_id, acquired_at)
            values (@pipeline, @partition, 1, @run, @worker, @@spid, @now);
        select token
        from typed_pipelines.[lock]
        where pipeline = @pipeline and [partition] = @partition
        """;

    /// <summary>This process, for people.</summary>
    internal static string Worker { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} (process {Environment.ProcessId})");

    internal async Task<(PartitionLock Lock, PartitionEntry? Before)> TakeAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        string name = LockName.OfPartition(run.Pipeline, run.Partition.Key);

        // Before it is asked for: a cancellation may arrive when the server has granted it.
        database.IsTainted = true;
        if (!await AppLock.TryTakeAsync(database, name, TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            LockHolder? holder = await LockHolder.FindAsync(database, run, cancellationToken).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                // The server grants it in the order of asking, in the moment in which it is given free.
                logger.Waiting(run.Pipeline, run.Partition.Key, holder?.ToString() ?? "a run that has just begun");
                if (await AppLock.TryTakeAsync(database, name, wait, cancellationToken).ConfigureAwait(false))
                {
                    return await NoteAsync(cancellationToken).ConfigureAwait(false);
                }

                holder = await LockHolder.FindAsync(database, run, cancellationToken).ConfigureAwait(false);
            }

            database.IsTainted = false;
            throw HeldBy(holder);
        }

        return await NoteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes down whose the partition is. Whoever the row names has lost its connection, or it would have the lock.</summary>
    private async Task<(PartitionLock Lock, PartitionEntry? Before)> NoteAsync(CancellationToken cancellationToken)
    {
        await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (await LockHolder.FindAsync(database, run, cancellationToken).ConfigureAwait(false) is { } gone)
            {
                logger.TakenOver(run.Pipeline, run.Partition.Key, gone.ToString());
            }

            var ledger = new LedgerEntries(database, run);
            long token = await WriteHolderAsync(now, cancellationToken).ConfigureAwait(false);
            await ledger.AbandonDeadRunsAsync(now, cancellationToken).ConfigureAwait(false);
            await ledger.NoteStartAsync(Worker, cancellationToken).ConfigureAwait(false);
            PartitionEntry? before = await ledger.FindPartitionAsync(cancellationToken).ConfigureAwait(false);
            await database.CommitAsync().ConfigureAwait(false);
            return (new PartitionLock(run, token), before);
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }

    private async Task<long> WriteHolderAsync(DateTimeOffset now, CancellationToken cancellationToken) => (await database.QueryAsync(
        WriteHolder,
        static row => row.GetInt64(0),
        cancellationToken,
        ("@run", run.RunId),
        ("@worker", Worker),
        ("@now", now),
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key)).ConfigureAwait(false))[0];

    private PipelineException HeldBy(LockHolder? holder) => new(
        FailureKind.Locked,
        $"{run.Pipeline} {run.Partition.Key} is being run by {holder?.ToString() ?? "another run, which has just begun"}",
        "Nothing was changed. Wait until it has finished, or allow a longer wait. If that process hangs, end it, or its connection with KILL and the session_id of typed_pipelines.[lock]: the partition is free at once.");
}
