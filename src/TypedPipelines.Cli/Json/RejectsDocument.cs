using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>rejects --json</c>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="More">Whether there are more than the limit let through.</param>
/// <param name="Rejects">The rows.</param>
internal sealed record RejectsDocument(string Destination, bool More, IReadOnlyList<RejectsDocument.Row> Rejects)
{
    internal static RejectsDocument Of(string destination, bool more, IEnumerable<RejectEntry> rejects) => new(
        destination,
        more,
        [.. rejects.Select(Row.Of)]);

    internal sealed record Row(
        string Pipeline,
        string Partition,
        Guid RunId,
        DateTime RejectedAt,
        string Source,
        string? Origin,
        long? Line,
        string? Column,
        string? Value,
        string Reason,
        string Raw)
    {
        internal static Row Of(RejectEntry entry) => new(
            entry.Pipeline,
            entry.Partition,
            entry.RunId,
            entry.RejectedAt.UtcDateTime,
            entry.Reject.Source,
            entry.Reject.Origin,
            entry.Reject.Line,
            entry.Reject.Column,
            entry.Reject.Value,
            entry.Reject.Reason,
            entry.Reject.Raw);
    }
}
