using Microsoft.Extensions.Logging;

namespace TypedPipelines.SqlServer;

/// <summary>What the destination logs. A statement's text never holds a value, so none is logged.</summary>
internal static partial class SqlServerLog
{
    [LoggerMessage(EventId = 5001, EventName = "SqlServerStatement", Level = LogLevel.Debug, Message = "SQL Server: {Statement}")]
    internal static partial void Statement(this ILogger logger, string statement);

    [LoggerMessage(EventId = 5002, EventName = "SqlServerWaiting", Level = LogLevel.Information, Message = "Waiting for {Pipeline} {Partition}, held by {Holder}")]
    internal static partial void Waiting(this ILogger logger, string pipeline, string partition, string holder);

    [LoggerMessage(EventId = 5003, EventName = "SqlServerTakenOver", Level = LogLevel.Warning, Message = "Taking over {Pipeline} {Partition} from {Holder}, which ended without a word")]
    internal static partial void TakenOver(this ILogger logger, string pipeline, string partition, string holder);

    [LoggerMessage(EventId = 5004, EventName = "SqlServerRetrying", Level = LogLevel.Warning, Message = "Publishing {Pipeline} {Partition} again, attempt {Attempt}: {Reason}")]
    internal static partial void Retrying(this ILogger logger, string pipeline, string partition, int attempt, string reason);

    [LoggerMessage(EventId = 5005, EventName = "SqlServerLockNotReleased", Level = LogLevel.Warning, Message = "Could not give {Pipeline} {Partition} free in the ledger; the next run takes it over: {Reason}")]
    internal static partial void LockNotReleased(this ILogger logger, string pipeline, string partition, string reason);

    [LoggerMessage(EventId = 5006, EventName = "SqlServerConnecting", Level = LogLevel.Warning, Message = "Connecting to {Database} again, attempt {Attempt}: {Reason}")]
    internal static partial void Connecting(this ILogger logger, string database, int attempt, string reason);
}
