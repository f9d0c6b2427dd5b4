using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>rejects list --json</c>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Counts">Rows in quarantine by partition and reason, the most first.</param>
internal sealed record RejectCountsDocument(string Destination, IReadOnlyList<RejectCountsDocument.Count> Counts)
{
    internal static RejectCountsDocument Of(string destination, IEnumerable<RejectCount> counts) =>
        new(destination, [.. counts.Select(count => new Count(count.Pipeline, count.Partition, count.Source, count.Column, count.Reason, count.Rows))]);

    internal sealed record Count(string Pipeline, string Partition, string Source, string? Column, string Reason, long Rows);
}
