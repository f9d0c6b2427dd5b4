using TypedPipelines.Cli.Commands;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>plan --json</c>, and of <c>--dry-run --json</c>.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="UpToDate">How many partitions are.</param>
/// <param name="Partitions">Those to be loaded.</param>
/// <param name="OtherLogic">Those that are up to date by other logic than today's.</param>
/// <param name="Estimates">What it is likely to take, by pipeline.</param>
internal sealed record PlanDocument(
    string Destination,
    int UpToDate,
    IReadOnlyList<PlanDocument.Planned> Partitions,
    IReadOnlyList<PlanDocument.Planned> OtherLogic,
    IReadOnlyList<PlanDocument.Estimate> Estimates)
{
    internal static PlanDocument Of(string destination, IReadOnlyList<PlannedPartition> plan, IReadOnlyList<PlanEstimate> estimates) => new(
        destination,
        plan.Count(planned => !planned.Runs),
        [.. plan.Where(planned => planned.Runs).Select(Of)],
        [.. plan.Where(planned => planned.Reason == PlanReason.LogicChanged).Select(Of)],
        [.. estimates.Select(estimate => new Estimate(estimate.Pipeline, estimate.Partitions, estimate.Rows, estimate.Time?.TotalSeconds, estimate.Each?.Runs ?? 0))]);

    internal static Planned Of(PlannedPartition planned) =>
        new(planned.Pipeline.Descriptor.Name, planned.Partition.Key, CliJson.Camel(planned.Reason), planned.Detail);

    internal sealed record Planned(string Pipeline, string Partition, string Reason, string? Detail);

    internal sealed record Estimate(string Pipeline, int Partitions, long? Rows, double? Seconds, int Runs);
}
