using Microsoft.Extensions.Logging;

namespace TypedPipelines.Running;

/// <summary>The engine's log messages. Event ids are stable: alerts are built on them.</summary>
internal static partial class RunLog
{
    /// <summary>The category of what is no result of a run: the command line leaves it to the logs.</summary>
    internal const string Notices = "TypedPipelines.Notices";

    internal static void Write(ILogger log, PartitionResult result)
    {
        string pipeline = result.Planned.Pipeline.Descriptor.Name;
        string partition = result.Planned.Partition.Key;
        foreach (CheckResult check in result.Checks.Where(check => check.Outcome is CheckOutcome.Warned or CheckOutcome.Quarantined))
        {
            CheckBroken(log, pipeline, partition, check.Check, check.Table, check.Finding ?? "", check.Expected);
        }

        switch (result.Status)
        {
            case PartitionStatus.Loaded when result.Counts.Loaded == 0:
                LoadedEmpty(log, pipeline, partition, result.Counts.Read);
                break;
            case PartitionStatus.Loaded:
                Loaded(log, pipeline, partition, result.Counts.Read, result.Counts.Loaded, result.Counts.Dropped, result.Counts.Rejected, result.Elapsed.TotalSeconds);
                break;
            case PartitionStatus.Cancelled:
                Cancelled(log, pipeline, partition);
                break;
            case PartitionStatus.Failed:
                Exception? cause = result.Failure?.InnerException;
                Failed(log, pipeline, partition, result.Failure?.Kind ?? FailureKind.Unexpected, result.Failure?.Message ?? "");
                if (cause is not null and not PipelineException)
                {
                    FailedBecause(log, cause, pipeline, partition);
                }

                break;
        }
    }

    [LoggerMessage(1006, LogLevel.Warning, "{Pipeline} {Partition} has the same content as {Other}, which is loaded too: both are in the table")]
    internal static partial void SameContent(ILogger log, string pipeline, string partition, string other);

    [LoggerMessage(1007, LogLevel.Warning, "{Pipeline} reads the table {Table}, which no pipeline of this program loads: whether it is there and complete cannot be checked beforehand")]
    internal static partial void ReadsUnknown(ILogger log, string pipeline, string table);

    [LoggerMessage(1012, LogLevel.Warning, "{Pipeline} {Partition} failed, and then {What}")]
    internal static partial void NotEnded(ILogger log, string pipeline, string partition, string what);

    [LoggerMessage(1013, LogLevel.Warning, "{Pipeline} {Partition}: {Listener} was not told of the run: {What}")]
    internal static partial void NotTold(ILogger log, string pipeline, string partition, string listener, string what);

    [LoggerMessage(1014, LogLevel.Warning, "{Pipeline} {Partition}: the check {Check} of {Table} is not passed: {Finding} (expected {Expected})")]
    private static partial void CheckBroken(ILogger log, string pipeline, string partition, string check, string table, string finding, string expected);

    [LoggerMessage(1015, LogLevel.Warning, "{Pipeline} {Partition}: the load of run {Run} is undone, and {Rows} rows that it had replaced are in the tables again")]
    internal static partial void Undone(ILogger log, string pipeline, string partition, Guid run, long rows);

    [LoggerMessage(1001, LogLevel.Information, "{Pipeline} {Partition} loaded: {Read} read, {Loaded} loaded, {Dropped} dropped, {Rejected} rejected, {Seconds:0.000} s")]
    private static partial void Loaded(ILogger log, string pipeline, string partition, long read, long loaded, long dropped, long rejected, double seconds);

    [LoggerMessage(1002, LogLevel.Warning, "{Pipeline} {Partition} is complete with no rows: {Read} read, none loaded")]
    private static partial void LoadedEmpty(ILogger log, string pipeline, string partition, long read);

    [LoggerMessage(1003, LogLevel.Error, "{Pipeline} {Partition} failed ({Kind}): {Failure}")]
    private static partial void Failed(ILogger log, string pipeline, string partition, FailureKind kind, string failure);

    [LoggerMessage(1004, LogLevel.Warning, "{Pipeline} {Partition} was cancelled")]
    private static partial void Cancelled(ILogger log, string pipeline, string partition);

    [LoggerMessage(1005, LogLevel.Debug, "{Pipeline} {Partition}: the exception behind the failure")]
    private static partial void FailedBecause(ILogger log, Exception exception, string pipeline, string partition);
}
