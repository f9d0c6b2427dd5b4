using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>plan --explain --json</c>.</summary>
internal sealed record ExplanationDocument(
    string Destination,
    PlanDocument.Planned Planned,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    string State,
    Guid? LoadedRunId,
    DateTimeOffset? FinishedAt,
    RowCounts? Rows,
    IReadOnlyList<string> Tables,
    IReadOnlyList<ExplanationDocument.Read> Reads,
    IReadOnlyList<ExplanationDocument.Run> Runs)
{
    internal static ExplanationDocument Of(string destination, PartitionExplanation explanation)
    {
        Partition partition = explanation.Planned.Partition;
        PartitionEntry? entry = explanation.Entry;
        bool hasWindow = explanation.Planned.Pipeline.Descriptor.Partitions.HasWindows;
        return new ExplanationDocument(
            destination,
            PlanDocument.Of(explanation.Planned),
            hasWindow ? partition.Start : null,
            hasWindow ? partition.End : null,
            CliJson.Camel(StateOf(entry)),
            entry?.LoadedRunId,
            entry?.FinishedAt,
            entry?.Counts,
            entry?.Tables?.Split('\n') ?? [],
            [.. explanation.Upstream.Select(read => new Read(read.Pipeline, read.Table, read.Partition, CliJson.Camel(StateOf(read.Entry))))],
            [.. explanation.Runs.Select(run => new Run(run.RunId, CliJson.Camel(run.Outcome), run.StartedAt, run.FinishedAt, run.Counts, run.Worker, run.FailureKind, run.Error))]);
    }

    private static string StateOf(PartitionEntry? entry) => entry?.State.ToString() ?? "Missing";

    internal sealed record Read(string Pipeline, string Table, string Partition, string State);

    internal sealed record Run(
        Guid RunId, string Outcome, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, RowCounts Rows, string Worker, string? FailureKind, string? Error);
}
