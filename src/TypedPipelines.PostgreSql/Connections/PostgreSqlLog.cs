using Microsoft.Extensions.Logging;

namespace TypedPipelines.PostgreSql;

/// <summary>What the destination logs. A statement's text never holds a value, so none is logged.</summary>
internal static partial class PostgreSqlLog
{
    [LoggerMessage(EventId = 4001, EventName = "PostgreSqlStatement", Level = LogLevel.Debug, Message = "PostgreSQL: {Statement}")]
    internal static partial void Statement(this ILogger logger, string statement);

    [LoggerMessage(EventId = 4002, EventName = "PostgreSqlWaiting", Level = LogLevel.Information, Message = "Waiting for {Pipeline} {Partition}, held by {Holder}")]
    internal static partial void Waiting(this ILogger logger, string pipeline, string partition, string holder);

    [LoggerMessage(EventId = 4003, EventName = "PostgreSqlTakenOver", Level = LogLevel.Warning, Message = "Taking over {Pipeline} {Partition} from {Holder}, which ended without a word")]
    internal static partial void TakenOver(this ILogger logger, string pipeline, string partition, string holder);

    [LoggerMessage(EventId = 4004, EventName = "PostgreSqlRetrying", Level = LogLevel.Warning, Message = "Publishing {Pipeline} {Partition} again, attempt {Attempt}: {Reason}")]
    internal static partial void Retrying(this ILogger logger, string pipeline, string partition, int attempt, string reason);

    [LoggerMessage(EventId = 4005, EventName = "PostgreSqlLockNotReleased", Level = LogLevel.Warning, Message = "Could not give {Pipeline} {Partition} free in the ledger; the next run takes it over: {Reason}")]
    internal static partial void LockNotReleased(this ILogger logger, string pipeline, string partition, string reason);

    [LoggerMessage(EventId = 4006, EventName = "PostgreSqlPublishWaiting", Level = LogLevel.Warning, Message = "Publishing {Pipeline} {Partition} waits for {Blockers}. It goes on when that ends; pg_terminate_backend ends what hangs")]
    internal static partial void Blocked(this ILogger logger, string pipeline, string partition, string blockers);
}
