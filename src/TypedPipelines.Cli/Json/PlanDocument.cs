using TypedPipelines.Running;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>backfill --dry-run --json</c>.</summary>
internal sealed record PlanDocument(string Destination, int UpToDate, IReadOnlyList<PlanDocument.Planned> Partitions, IReadOnlyList<PlanDocument.Planned> OtherLogic)
{
    internal static PlanDocument Of(string destination, IReadOnlyList<PlannedPartition> plan) => new(
        destination,
        plan.Count(planned => !planned.Runs),
        [.. plan.Where(planned => planned.Runs).Select(Of)],
        [.. plan.Where(planned => planned.Reason == PlanReason.LogicChanged).Select(Of)]);

    private static Planned Of(PlannedPartition planned) =>
        new(planned.Pipeline.Descriptor.Name, planned.Partition.Key, CliJson.Camel(planned.Reason), planned.Detail);

    internal sealed record Planned(string Pipeline, string Partition, string Reason, string? Detail);
}
