using Microsoft.Extensions.Logging;

namespace TypedPipelines.Destinations;

/// <summary>What a publish logs on every destination. Event ids are stable: alerts are built on them.</summary>
internal static partial class PublishingLog
{
    [LoggerMessage(1008, LogLevel.Information, "{Pipeline} {Partition}: rows of {Table} that the batch does not have are kept, since a later window has been loaded, with which they may have come")]
    internal static partial void MissingKept(this ILogger logger, string pipeline, string partition, string table);

    [LoggerMessage(1010, LogLevel.Warning, "{Pipeline} {Partition}: rows of {Table} that the batch does not have are kept, since {LeftOut} of the source's rows were rejected, or dropped as invalid, and may be those. Once they are mended, run the partition again")]
    internal static partial void MissingUnknown(this ILogger logger, string pipeline, string partition, string table, long leftOut);

    [LoggerMessage(1011, LogLevel.Warning, "{Pipeline} {Partition}: the table {Table} was loaded by the pipeline {Other} before. Where both are still run, each replaces or changes the other's rows: a table is to be one pipeline's own. Where {Other} has only been renamed, this is said once")]
    internal static partial void OthersTable(this ILogger logger, string pipeline, string partition, string table, string other);

    [LoggerMessage(1009, LogLevel.Warning, "{Pipeline} {Partition} is loaded, and stale already: {Reason}. A backfill loads it again")]
    internal static partial void Outdated(this ILogger logger, string pipeline, string partition, string reason);
}
