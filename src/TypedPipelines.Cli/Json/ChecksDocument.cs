using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>checks --json</c>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="More">Whether there are more than the limit let through.</param>
/// <param name="Checks">The results.</param>
internal sealed record ChecksDocument(string Destination, bool More, IReadOnlyList<ChecksDocument.Entry> Checks)
{
    internal static ChecksDocument Of(string destination, bool more, IEnumerable<CheckEntry> checks) => new(
        destination, more, [.. checks.Select(entry => new Entry(entry.Pipeline, entry.Partition, entry.RunId, entry.CheckedAt.UtcDateTime, Result.Of(entry.Result)))]);

    internal sealed record Entry(string Pipeline, string Partition, Guid RunId, DateTime CheckedAt, Result Result);

    /// <summary>A result, as the documents of runs and of explanations have it, too.</summary>
    internal sealed record Result(
        string Table, string Check, string Severity, string Outcome, double? Observed, string Expected, string? Finding, IReadOnlyList<string> Sample, double Seconds)
    {
        internal static Result Of(CheckResult result) => new(
            result.Table,
            result.Check,
            CliJson.Camel(result.Severity),
            CliJson.Camel(result.Outcome),
            result.Observed,
            result.Expected,
            result.Finding,
            result.Sample?.Split('\n') ?? [],
            Math.Round(result.Duration.TotalSeconds, 3));
    }
}
