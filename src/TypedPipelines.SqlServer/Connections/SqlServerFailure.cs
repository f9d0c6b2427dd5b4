using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Turns what SQL Server and its driver report into a failure that says what to do. No password is in it.</summary>
internal static class SqlServerFailure
{
    /// <summary>From this severity on an error ends the connection.</summary>
    private const int Fatal = 20;

    /// <summary>What the driver calls a time limit of the connection string.</summary>
    private const int TookTooLong = -2;

    internal static PipelineException Of(Exception cause, string database) => cause is SqlException reported && IsFromServer(reported)
        ? new PipelineException(
            FailureKind.Destination,
            $"the SQL Server database {database} reports: {reported.Errors[0].Message.TrimEnd('.')} (error {reported.Number})",
            $"Nothing was changed. {Next(reported.Number)}",
            cause)
        : new PipelineException(
            FailureKind.Destination,
            $"the SQL Server database {database} cannot be reached, or the connection was lost: {Innermost(cause).Message.TrimEnd('.')}",
            "Nothing was changed. Check the server's name, the port, the network and, where the certificate is complained about, Encrypt and TrustServerCertificate; then run again.",
            cause);

    /// <summary>The pool has given out all the connections that it may: of what opening a connection throws, only this is not the server's or the network's.</summary>
    internal static PipelineException PoolEmpty(Exception cause, string database) => new(
        FailureKind.Destination,
        $"no connection to the SQL Server database {database} could be taken from the pool: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
        "Nothing was changed. Raise Max Pool Size in the connection string (a run needs up to three, and one more for each SQL step it reads from), or run fewer partitions at a time.",
        cause);

    /// <summary>What the server reported; null where the failure has another cause.</summary>
    internal static SqlException? Reported(PipelineException failure) =>
        failure.InnerException is SqlException reported && IsFromServer(reported) ? reported : null;

    /// <summary>Whether the same transaction may succeed when it is tried again, over a connection that still stands.</summary>
    internal static bool IsPassing(PipelineException failure) =>
        failure.InnerException is LockRefusedException { IsDeadlock: true } or LogicNotedException
        || (Reported(failure) is { Class: < Fatal } reported && ErrorNumbers.Passing.Contains(reported.Number));

    /// <summary>Whether the next try to connect may succeed.</summary>
    internal static bool IsWorthConnectingAgain(PipelineException failure) =>
        failure.InnerException is SqlException reported && ErrorNumbers.WhileConnecting.Contains(reported.Number);

    /// <summary>Whether there is no connection any more after it. One whose statement was cancelled or took too long still stands.</summary>
    internal static bool EndsConnection(Exception exception) => exception switch
    {
        SqlException { Class: >= Fatal } => true,
        SqlException reported => reported.Number > 0 && !IsFromServer(reported),
        _ => true,
    };

    /// <summary>The driver gives numbers of the operating system, negative ones and zero to what happened on the way.</summary>
    private static bool IsFromServer(SqlException exception) =>
        exception.Number == TookTooLong || (exception.Number > 0 && !ErrorNumbers.OnTheWay.Contains(exception.Number));

    /// <summary>The driver puts the error number of the operating system at the end, also where there was none, and that is called a success.</summary>
    private static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner and not System.ComponentModel.Win32Exception { NativeErrorCode: 0 } ? Innermost(inner) : exception;

    private static string Next(int number) => number switch
    {
        229 or 230 or 262 or 297 or 300 or 916 or 1088 or 2760 or 15247 => "Grant the right that is missing; docs/destinations/sqlserver.md has a script with all that a loader needs.",
        18456 or 18452 or 18470 or 18487 or 18488 => "Correct the user or the password, or let the server admit this login.",
        4060 or 911 or 40532 => "Create the database, or correct its name in the connection string.",
        40615 or 40914 or 47073 => "Let the server's firewall admit this machine.",
        1105 or 9002 or 1101 or 40544 or 701 or 8645 or 8651 => "Give the server more room, and run again.",
        3906 or 3908 or 976 or 978 => "This database is a read-only replica: connect to the primary.",
        TookTooLong => "Look for who holds the table's locks, or allow more time: the connection string has a Connect Timeout and a Command Timeout.",
        1222 => "Somebody else holds the table's locks: look for who does, and run again.",
        207 or 208 => "The table does not have the shape of its contract: run the pipeline that loads it, or correct the contract.",
        468 => "A column that the contract has in a key has another collation: the table does not have the shape of its contract.",
        _ when ErrorNumbers.Passing.Contains(number) || ErrorNumbers.WhileConnecting.Contains(number) =>
            "It was tried again and failed each time: run again when there is less going on.",
        _ => "Correct what SQL Server complains about, and run again.",
    };
}
