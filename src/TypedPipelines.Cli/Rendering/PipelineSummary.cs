using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>What a run made of one pipeline, or of all together.</summary>
internal sealed record PipelineSummary(
    string Pipeline, int Loaded, int UpToDate, int Failed, int Blocked, int Cancelled, RowCounts Rows, double Seconds)
{
    /// <summary>Rows read in a second of work.</summary>
    internal long RowsPerSecond => Seconds > 0 ? (long)Math.Round(Rows.Read / Seconds) : 0;

    /// <summary>One summary for each pipeline, in the order in which they ran.</summary>
    internal static IReadOnlyList<PipelineSummary> Of(IEnumerable<PartitionResult> results) =>
        [.. results.GroupBy(result => result.Planned.Pipeline.Descriptor.Name, (pipeline, own) => Of(pipeline, [.. own]), StringComparer.Ordinal)];

    /// <summary>All together.</summary>
    internal static PipelineSummary Total(IEnumerable<PipelineSummary> summaries) => summaries.Aggregate(
        new PipelineSummary("total", 0, 0, 0, 0, 0, default, 0),
        (sum, one) => new PipelineSummary(
            sum.Pipeline,
            sum.Loaded + one.Loaded,
            sum.UpToDate + one.UpToDate,
            sum.Failed + one.Failed,
            sum.Blocked + one.Blocked,
            sum.Cancelled + one.Cancelled,
            sum.Rows + one.Rows,
            sum.Seconds + one.Seconds));

    private static PipelineSummary Of(string pipeline, List<PartitionResult> results)
    {
        int Ended(PartitionStatus status) => results.Count(result => result.Status == status);
        return new PipelineSummary(
            pipeline,
            Ended(PartitionStatus.Loaded),
            Ended(PartitionStatus.UpToDate),
            Ended(PartitionStatus.Failed),
            Ended(PartitionStatus.Blocked),
            Ended(PartitionStatus.Cancelled),
            results.Aggregate(default(RowCounts), (sum, result) => sum + result.Counts),
            results.Sum(result => result.Elapsed.TotalSeconds));
    }
}
