namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>list --json</c>.</summary>
internal sealed record ListDocument(IReadOnlyList<ListDocument.ListedPipeline> Pipelines)
{
    internal static ListDocument Of(IEnumerable<PipelineDescriptor> pipelines) => new([.. pipelines.Select(pipeline => new ListedPipeline(
        pipeline.Name,
        pipeline.Owner,
        pipeline.Description,
        PartitionsOf(pipeline.Partitions),
        [.. pipeline.Nodes.Where(node => node.Kind == NodeKind.Source).Select(node => new ListedSource(node.Name, node.Row, node.MaxRejectedShare))],
        [.. pipeline.Nodes.Where(node => node.Kind != NodeKind.Source).Select(node => new ListedStep(node.Name, CliJson.Camel(node.Kind), node.Row, node.From))],
        [.. pipeline.Loads.Select(load => new ListedTable(load.Contract.DisplayName, CliJson.Camel(load.Contract.Strategy), load.From))],
        [.. pipeline.Reads.Select(table => table.DisplayName)]))]);

    private static ListedPartitions PartitionsOf(PartitionScheme scheme) => new(
        scheme.Kind,
        scheme.Kind == PartitionScheme.None.Kind ? null : scheme.All().FirstOrDefault()?.Key,
        scheme.EndsBefore,
        scheme.Zone.Id,
        scheme.AllowPartial);

    internal sealed record ListedPipeline(
        string Name,
        string? Owner,
        string? Description,
        ListedPartitions Partitions,
        IReadOnlyList<ListedSource> Sources,
        IReadOnlyList<ListedStep> Steps,
        IReadOnlyList<ListedTable> Tables,
        IReadOnlyList<string> Reads);

    internal sealed record ListedPartitions(string Kind, string? First, string? EndsBefore, string TimeZone, bool AllowPartial);

    internal sealed record ListedSource(string Name, string Row, double MaxRejectedShare);

    internal sealed record ListedStep(string Name, string Kind, string Row, string? From);

    internal sealed record ListedTable(string Name, string Strategy, string From);
}
