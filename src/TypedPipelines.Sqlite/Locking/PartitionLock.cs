using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>A run's hold of its partition: a row of the ledger, for as long as its lease is renewed.</summary>
internal sealed class PartitionLock(SqliteLocation location, RunIdentity run, long token, ILogger logger) : PartitionLock<SqliteDatabase>(run, token)
{
    protected override string IfLost =>
        "Nothing was changed. This process was stopped or cut off for longer than its lease; let the other run finish, then run the partition again if need be.";

    internal override async Task<bool> BeginHeldAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        return database.Find(
            """
            select 1
            from main.tp_lock
            where pipeline = @pipeline and partition = @partition and run_id = @run and token = @token
            """,
            ("@pipeline", Run.Pipeline),
            ("@partition", Run.Partition.Key),
            ("@run", Run.RunId),
            ("@token", Token)) is not null;
    }

    /// <summary>Puts off the end of the lease, over a connection of its own: the session's may be in use.</summary>
    /// <returns>Whether the lock is still this run's.</returns>
    internal bool Renew(DateTimeOffset expiresAt)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(location, logger);
        return database.Run(
            """
            update main.tp_lock
            set expires_at = @expires
            where pipeline = @pipeline and partition = @partition and run_id = @run and token = @token
            """,
            ("@expires", expiresAt),
            ("@pipeline", Run.Pipeline),
            ("@partition", Run.Partition.Key),
            ("@run", Run.RunId),
            ("@token", Token)) > 0;
    }

    /// <summary>Gives the partition free. The row stays, for its token.</summary>
    internal void Release(SqliteDatabase database)
    {
        database.BeginLightly();
        database.Run(
            """
            update main.tp_lock
            set run_id = null,
                machine = null,
                worker = null,
                process_id = null,
                process_start = null,
                acquired_at = null,
                expires_at = null
            where pipeline = @pipeline and partition = @partition and run_id = @run and token = @token
            """,
            ("@pipeline", Run.Pipeline),
            ("@partition", Run.Partition.Key),
            ("@run", Run.RunId),
            ("@token", Token));
        database.EndLightly();
    }
}
