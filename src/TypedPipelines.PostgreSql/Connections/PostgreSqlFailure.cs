using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Turns what PostgreSQL and its driver report into a failure that says what to do. No value of a row and no password is in it.</summary>
internal static class PostgreSqlFailure
{
    internal static PipelineException Of(Exception cause, string server) => cause is PostgresException reported
        ? new PipelineException(
            FailureKind.Destination,
            $"the PostgreSQL database {server} reports: {reported.MessageText.TrimEnd('.')} (SQLSTATE {reported.SqlState})",
            $"Nothing was changed. {Next(reported.SqlState)}",
            cause)
        : new PipelineException(
            FailureKind.Destination,
            $"the PostgreSQL database {server} cannot be reached, or the connection was lost: {Innermost(cause).Message.TrimEnd('.')}",
            "Nothing was changed. Check the host, the port and the network, and run again.",
            cause);

    /// <summary>Whether the pool has given out all the connections that it may; the driver says so in words only.</summary>
    internal static bool IsPoolEmpty(Exception cause) => cause is not PostgresException && cause.Message.Contains("pool has been exhausted", StringComparison.Ordinal);

    internal static PipelineException PoolEmpty(Exception cause, string server) => new(
        FailureKind.Destination,
        $"all connections to the PostgreSQL database {server} that the pool may open are in use, and none came free in the time that Timeout allows",
        "Nothing was changed. Raise Maximum Pool Size in the connection string (a run needs up to four, and one more for each SQL step it reads from), or run fewer partitions at a time.",
        cause);

    /// <summary>What the server reported; null where the failure has another cause.</summary>
    internal static PostgresException? Reported(PipelineException failure) => failure.InnerException as PostgresException;

    /// <summary>Whether the server has refused a statement, and has not gone, or ended the connection for another reason.</summary>
    internal static bool IsAnswer(PipelineException failure) => Reported(failure) is { SqlState: { } state }
        && !state.StartsWith("57P", StringComparison.Ordinal) && !state.StartsWith("08", StringComparison.Ordinal) && !state.StartsWith("25P", StringComparison.Ordinal);

    /// <summary>Whether the same transaction may succeed when it is tried again.</summary>
    internal static bool IsPassing(PipelineException failure) =>
        Reported(failure) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static string Next(string state) => state switch
    {
        PostgresErrorCodes.InsufficientPrivilege => "Grant the right that is missing, or let the policy for the table's rows admit them; docs/destinations/postgresql.md has a script with all that a loader needs.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Correct the user or the password, or let pg_hba.conf admit this machine.",
        PostgresErrorCodes.InvalidCatalogName => "Create the database, or correct its name in the connection string.",
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources => "Give the server more room, and run again.",
        PostgresErrorCodes.TooManyConnections => "Let the server admit more connections, or run fewer partitions at a time.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => "Run again when the server is up.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "Either this server is a standby: connect to the primary, or name all hosts of the cluster and let the driver choose: `Host=db1,db2;Target Session Attributes=primary`. Or somebody has closed it to writers: default_transaction_read_only is on for the server, the database, this user or in the connection string, and that is obeyed.",
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => "Somebody or a time limit ended the statement: look for who holds the table's locks, and run again.",
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => "Other transactions were in the way at every attempt: run again when there is less going on.",
        PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedTable => "The table does not have the shape of its contract: run the pipeline that loads it, or correct the contract.",
        _ => "Correct what PostgreSQL complains about, and run again.",
    };
}
