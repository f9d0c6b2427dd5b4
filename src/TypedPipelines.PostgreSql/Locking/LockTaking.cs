using System.Globalization;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Waits for a partition and takes it, together with the ledger's note that the run has begun. The lock is one of the
/// connection's session: the server gives it free when the connection goes, however the process ends.
/// </summary>
internal sealed class LockTaking(PostgreSqlDatabase database, RunIdentity run, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>This process, for people.</summary>
    internal static string Worker { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} (process {Environment.ProcessId})");

    internal async Task<(PartitionLock Lock, PartitionEntry? Before)> TakeAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        long key = LockKey.OfPartition(run.Pipeline, run.Partition.Key);
        long started = time.GetTimestamp();
        bool waited = false;

        // Before it is asked for: a cancellation may arrive when the server has granted it.
        database.IsTainted = true;
        while (!await TryLockAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (waited && time.GetElapsedTime(started) < wait)
            {
                await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            LockHolder? holder = await LockHolder.FindAsync(database, run, cancellationToken).ConfigureAwait(false);
            if (time.GetElapsedTime(started) >= wait)
            {
                database.IsTainted = false;
                throw HeldBy(holder);
            }

            logger.Waiting(run.Pipeline, run.Partition.Key, holder?.ToString() ?? "a run that has just begun");
            waited = true;
        }

        return await NoteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryLockAsync(long key, CancellationToken cancellationToken)
    {
        StatementBatch batch = database.Batch().Keep().Add("select pg_try_advisory_lock($1)", key);
        await using (batch.ConfigureAwait(false))
        {
            return (await batch.ReadAsync(cancellationToken, static row => row.GetBoolean(0)).ConfigureAwait(false))[0] is true;
        }
    }

    /// <summary>
    /// Writes down whose the partition is, in one round trip. Whoever the row names has lost its connection, or it would have the lock.
    /// </summary>
    private async Task<(PartitionLock Lock, PartitionEntry? Before)> NoteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        var ledger = new LedgerEntries(database, run);
        StatementBatch batch = database.Batch().Keep().BeginLightly().Add(LockHolder.Find, run.Pipeline, run.Partition.Key);
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(WriteHolder, run.Pipeline, run.Partition.Key, run.RunId, Worker, now);
            ledger.AbandonDeadRuns(batch, now);
            ledger.NoteStart(batch, Worker);
            batch.Add(LedgerRows.OnePartition, run.Pipeline, run.Partition.Key).Commit();
            try
            {
                // Not to be cancelled, as no commit is.
                object?[] found = await batch.ReadAsync(CancellationToken.None, LockHolder.Read, static row => row.GetInt64(0), LedgerRows.Partition).ConfigureAwait(false);
                if (found[0] is LockHolder gone)
                {
                    logger.TakenOver(run.Pipeline, run.Partition.Key, gone.ToString());
                }

                return (new PartitionLock(run, (long)found[1]!), (PartitionEntry?)found[2]);
            }
            finally
            {
                await database.RollBackAsync().ConfigureAwait(false);
            }
        }
    }

    private const string WriteHolder = """
        insert into typed_pipelines.lock as held (pipeline, partition, token, run_id, worker, backend, acquired_at)
        values ($1, $2, 1, $3, $4, pg_backend_pid(), $5)
        on conflict (pipeline, partition) do update
        set token = held.token + 1,
            run_id = excluded.run_id,
            worker = excluded.worker,
            backend = excluded.backend,
            acquired_at = excluded.acquired_at
        returning token
        """;

    private PipelineException HeldBy(LockHolder? holder) => new(
        FailureKind.Locked,
        $"{run.Pipeline} {run.Partition.Key} is being run by {holder?.ToString() ?? "another run, which has just begun"}",
        "Nothing was changed. Wait until it has finished, or allow a longer wait. If that process hangs, end it, or its connection with pg_terminate_backend: the partition is free at once.");
}
