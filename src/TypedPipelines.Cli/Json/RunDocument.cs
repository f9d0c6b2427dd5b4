using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>run --json</c> and <c>backfill --json</c>.</summary>
/// <param name="Destination">Where was loaded.</param>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Error">What stopped the run as a whole; null where nothing did.</param>
/// <param name="NotBegun">Planned partitions that were not begun, since the run was stopped.</param>
/// <param name="Partitions">Those that were begun or blocked.</param>
/// <param name="Pipelines">A summary of each pipeline.</param>
/// <param name="Total">All together.</param>
internal sealed record RunDocument(
    string Destination,
    int ExitCode,
    string? Error,
    int NotBegun,
    IReadOnlyList<RunDocument.RanPartition> Partitions,
    IReadOnlyList<RunDocument.Summary> Pipelines,
    RunDocument.Summary Total)
{
    internal static RunDocument Of(string destination, int planned, IReadOnlyList<PartitionResult> results, int exitCode, string? error)
    {
        IReadOnlyList<PipelineSummary> summaries = PipelineSummary.Of(results);
        return new RunDocument(
            destination,
            exitCode,
            error,
            planned - results.Count,
            [.. results.Where(result => result.Planned.Runs).Select(RanPartition.Of)],
            [.. summaries.Select(Summary.Of)],
            Summary.Of(PipelineSummary.Total(summaries)));
    }

    internal sealed record RanPartition(
        string Pipeline,
        string Key,
        string Reason,
        string Status,
        Guid? RunId,
        RowsJson Rows,
        IReadOnlyList<RanTable> Tables,
        IReadOnlyList<ChecksDocument.Result> Checks,
        double Seconds,
        Failure? Failure)
    {
        internal static RanPartition Of(PartitionResult result) => new(
            result.Planned.Pipeline.Descriptor.Name,
            result.Planned.Partition.Key,
            CliJson.Camel(result.Planned.Reason),
            CliJson.Camel(result.Status),
            result.RunId,
            RowsJson.Of(result.Counts),
            [.. result.Tables.Select(table => new RanTable(table.Table, table.Staged, table.Superseded, table.LeftOut, table.Inserted, table.Updated, table.Deleted))],
            [.. result.Checks.Select(ChecksDocument.Result.Of)],
            Math.Round(result.Elapsed.TotalSeconds, 3),
            result.Failure is { } failure ? new Failure(CliJson.Camel(failure.Kind), failure.What, failure.Next) : null);
    }

    internal sealed record RanTable(string Name, long Staged, long Superseded, long LeftOut, long Inserted, long Updated, long Deleted);

    internal sealed record Failure(string Kind, string What, string Next);

    internal sealed record Summary(
        string Pipeline, int Loaded, int UpToDate, int Failed, int Blocked, int Cancelled, RowsJson Rows, double Seconds, long RowsPerSecond)
    {
        internal static Summary Of(PipelineSummary summary) => new(
            summary.Pipeline,
            summary.Loaded,
            summary.UpToDate,
            summary.Failed,
            summary.Blocked,
            summary.Cancelled,
            RowsJson.Of(summary.Rows),
            Math.Round(summary.Seconds, 3),
            summary.RowsPerSecond);
    }
}
