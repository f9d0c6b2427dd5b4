using System.Globalization;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// A run's hold of its partition: a row of the ledger. Its token counts every taking, so that a run which lost the lock
/// can tell, even if the same row names it again.
/// </summary>
internal sealed class PartitionLock
{
    private readonly SqliteLocation _location;
    private readonly RunIdentity _run;
    private readonly long _token;
    private readonly ILogger _logger;

    internal PartitionLock(SqliteLocation location, RunIdentity run, long token, ILogger logger)
    {
        _location = location;
        _run = run;
        _token = token;
        _logger = logger;
    }

    /// <summary>Whether the row still is this run's: asked inside a writing transaction, where the answer cannot change.</summary>
    internal bool IsHeld(SqliteDatabase database) => database.Find(
        """
        select 1
        from main.tp_lock
        where pipeline = @pipeline and partition = @partition and run_id = @run and token = @token
        """,
        ("@pipeline", _run.Pipeline),
        ("@partition", _run.Partition.Key),
        ("@run", _run.RunId),
        ("@token", _token)) is not null;

    internal PipelineException Lost() => new(
        FailureKind.LockLost,
        string.Create(CultureInfo.InvariantCulture, $"run {_run.RunId} of {_run.Pipeline} {_run.Partition.Key} lost its hold of the partition: another run took it over"),
        "Nothing was changed. This process was stopped or cut off for longer than its lease; let the other run finish, then run the partition again if need be.");

    /// <summary>Puts off the end of the lease, over a connection of its own: the session's may be in use.</summary>
    /// <returns>Whether the lock is still this run's.</returns>
    internal bool Renew(DateTimeOffset expiresAt)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(_location, _logger);
        return database.Run(
            """
            update main.tp_lock
            set expires_at = @expires
            where pipeline = @pipeline and partition = @partition and run_id = @run and token = @token
            """,
            ("@expires", expiresAt),
            ("@pipeline", _run.Pipeline),
            ("@partition", _run.Partition.Key),
            ("@run", _run.RunId),
            ("@token", _token)) > 0;
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
            ("@pipeline", _run.Pipeline),
            ("@partition", _run.Partition.Key),
            ("@run", _run.RunId),
            ("@token", _token));
        database.EndLightly();
    }
}
