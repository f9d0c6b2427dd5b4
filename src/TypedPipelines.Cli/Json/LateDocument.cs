using TypedPipelines.Alerts;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>late --json</c>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Partitions">Those that are late.</param>
internal sealed record LateDocument(string Destination, IReadOnlyList<LateDocument.Partition> Partitions)
{
    internal static LateDocument Of(string destination, IEnumerable<LatePartition> late) => new(
        destination,
        [.. late.Select(each => new Partition(each.Pipeline.Name, each.Partition.Key, each.Due.UtcDateTime, each.State is { } state ? CliJson.Camel(state) : "missing", each.Pipeline.Owner))]);

    internal sealed record Partition(string Pipeline, string Key, DateTime Due, string State, string? Owner);
}
