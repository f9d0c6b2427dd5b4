using Microsoft.Extensions.Logging;

namespace TypedPipelines.Sqlite;

/// <summary>What the destination logs. A statement's text never holds a value, so none is logged.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 3001, EventName = "SqliteStatement", Level = LogLevel.Debug, Message = "SQLite: {Statement}")]
    internal static partial void Statement(this ILogger logger, string statement);

    [LoggerMessage(EventId = 3002, EventName = "SqliteWaiting", Level = LogLevel.Information, Message = "Waiting for {Pipeline} {Partition}, held by run {RunId} on {Worker}")]
    internal static partial void Waiting(this ILogger logger, string pipeline, string partition, string runId, string worker);

    [LoggerMessage(EventId = 3003, EventName = "SqliteTakenOver", Level = LogLevel.Warning, Message = "Taking over {Pipeline} {Partition} from run {RunId} on {Worker}, which ended without a word")]
    internal static partial void TakenOver(this ILogger logger, string pipeline, string partition, string runId, string worker);

    [LoggerMessage(EventId = 3004, EventName = "SqliteLeaseNotRenewed", Level = LogLevel.Warning, Message = "Could not renew the hold of {Pipeline} {Partition}: {Reason}")]
    internal static partial void LeaseNotRenewed(this ILogger logger, string pipeline, string partition, string reason);

    [LoggerMessage(EventId = 3005, EventName = "SqliteLockNotReleased", Level = LogLevel.Warning, Message = "Could not give {Pipeline} {Partition} free; the next run takes it over: {Reason}")]
    internal static partial void LockNotReleased(this ILogger logger, string pipeline, string partition, string reason);
}
