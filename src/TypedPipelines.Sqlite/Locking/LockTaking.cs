using System.Globalization;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>Waits for a partition and takes it, together with the ledger's note that the run has begun.</summary>
internal sealed class LockTaking(SqliteDatabase database, SqliteLocation location, RunIdentity run, TimeSpan lease, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    internal async Task<(PartitionLock Lock, PartitionEntry? Before)> TakeAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        bool waited = false;
        while (true)
        {
            // Looking first keeps those who wait from taking the write lock again and again.
            LockHolder? holder = LockHolder.Find(database, run.Pipeline, run.Partition.Key);
            if (holder is null || holder.IsGone(time.GetUtcNow()))
            {
                if (await TryTakeAsync(cancellationToken).ConfigureAwait(false) is { } taken)
                {
                    return taken;
                }

                continue;
            }

            if (time.GetElapsedTime(started) >= wait)
            {
                throw HeldBy(holder);
            }

            if (!waited)
            {
                logger.Waiting(run.Pipeline, run.Partition.Key, SqliteText.Of(holder.Run), holder.WorkerName);
                waited = true;
            }

            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the partition unless somebody else was faster.</summary>
    private async Task<(PartitionLock Lock, PartitionEntry? Before)?> TryTakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A machine that loses power forgets this process, too; the lock may go with it.
            database.BeginLightly();
            (PartitionLock, PartitionEntry?)? taken = await NoteAsync(cancellationToken).ConfigureAwait(false);
            database.EndLightly();
            return taken;
        }
        catch
        {
            LiveSessions.Remove(run.RunId);
            throw;
        }
    }

    private async Task<(PartitionLock Lock, PartitionEntry? Before)?> NoteAsync(CancellationToken cancellationToken)
    {
        await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            LockHolder? holder = LockHolder.Find(database, run.Pipeline, run.Partition.Key);
            if (holder is not null)
            {
                if (!holder.IsGone(now))
                {
                    return null;
                }

                logger.TakenOver(run.Pipeline, run.Partition.Key, SqliteText.Of(holder.Run), holder.WorkerName);
            }

            var ledger = new LedgerEntries(database, run);
            long token = WriteHolder(now);
            ledger.AbandonDeadRuns(now);
            ledger.NoteStart(Worker.DisplayName);
            PartitionEntry? before = ledger.FindPartition();
            LiveSessions.Add(run.RunId);
            database.Commit();
            return (new PartitionLock(location, run, token, logger), before);
        }
        finally
        {
            database.RollBack();
        }
    }

    private long WriteHolder(DateTimeOffset now) => long.Parse(
        database.Find(
            """
            insert into main.tp_lock (
                pipeline, partition, token, run_id, machine, worker, process_id, process_start, acquired_at, expires_at
            )
            values (@pipeline, @partition, 1, @run, @machine, @worker, @process, @process_start, @now, @expires)
            on conflict (pipeline, partition) do update
            set token = token + 1,
                run_id = excluded.run_id,
                machine = excluded.machine,
                worker = excluded.worker,
                process_id = excluded.process_id,
                process_start = excluded.process_start,
                acquired_at = excluded.acquired_at,
                expires_at = excluded.expires_at
            returning token
            """,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key),
            ("@run", run.RunId),
            ("@machine", Worker.Current.Machine),
            ("@worker", Worker.DisplayName),
            ("@process", Worker.Current.ProcessId),
            ("@process_start", Worker.Current.ProcessStart),
            ("@now", now),
            ("@expires", now + lease))!,
        CultureInfo.InvariantCulture);

    private PipelineException HeldBy(LockHolder holder) => new(
        FailureKind.Locked,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Pipeline} {run.Partition.Key} is being run by run {holder.Run} on {holder.WorkerName}, since {holder.Since:yyyy-MM-dd HH:mm:ss} UTC"),
        "Nothing was changed. Wait until it has finished, or allow a longer wait. If that process hangs, end it: the partition is free at once on the same machine, and elsewhere when its lease ends.");
}
