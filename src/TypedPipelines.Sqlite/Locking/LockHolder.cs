namespace TypedPipelines.Sqlite;

/// <summary>Who holds a partition, as its lock row says.</summary>
internal sealed record LockHolder(Guid Run, Worker Worker, string WorkerName, DateTimeOffset Since, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether the lock can be taken from it.</summary>
    internal bool IsGone(DateTimeOffset now) =>
        ExpiresAt <= now || (Worker.IsThisProcess ? !LiveSessions.Contains(Run) : Worker.IsDead());

    /// <summary>Reads the holder of a partition; null where it is free.</summary>
    internal static LockHolder? Find(SqliteDatabase database, string pipeline, string partition)
    {
        using SqliteQuery query = database.Prepare(
            """
            select run_id, machine, process_id, process_start, worker, acquired_at, expires_at
            from main.tp_lock
            where pipeline = @pipeline and partition = @partition and run_id is not null
            """,
            ("@pipeline", pipeline),
            ("@partition", partition));
        return query.Step()
            ? new LockHolder(
                query.Id(0)!.Value,
                new Worker(query.Text(1)!, (int)query.Number(2), query.Text(3)!),
                query.Text(4)!,
                query.Instant(5)!.Value,
                query.Instant(6)!.Value)
            : null;
    }
}
