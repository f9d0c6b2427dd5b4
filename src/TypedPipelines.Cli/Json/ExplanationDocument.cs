using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>plan --explain --json</c>.</summary>
internal sealed record ExplanationDocument(
    string Destination,
    PlanDocument.Planned Planned,
    DateTime? Start,
    DateTime? End,
    StatusDocument.StatusOfPartition Status,
    IReadOnlyList<string> Tables,
    IReadOnlyList<ExplanationDocument.Read> Reads,
    IReadOnlyList<ChecksDocument.Result> Checks,
    IReadOnlyList<StatusDocument.StatusOfRun> Runs)
{
    internal static ExplanationDocument Of(string destination, PartitionExplanation explanation)
    {
        Partition partition = explanation.Planned.Partition;
        bool hasWindow = explanation.Planned.Pipeline.Descriptor.Partitions.HasWindows;
        return new ExplanationDocument(
            destination,
            PlanDocument.Of(explanation.Planned),
            hasWindow ? partition.Start.UtcDateTime : null,
            hasWindow ? partition.End.UtcDateTime : null,
            StatusDocument.StatusOfPartition.Of(partition.Key, explanation.Entry),
            explanation.Entry?.Tables?.Split('\n') ?? [],
            [.. explanation.Upstream.Select(read => new Read(read.Pipeline, read.Table, read.Partition, PipelineState.WordOf(read.Entry)))],
            [.. explanation.Checks.Select(check => ChecksDocument.Result.Of(check.Result))],
            [.. explanation.Runs.Select(StatusDocument.StatusOfRun.Of)]);
    }

    internal sealed record Read(string Pipeline, string Table, string Partition, string State);
}
