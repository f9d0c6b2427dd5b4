namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>list --json</c>.</summary>
internal sealed record ListDocument(IReadOnlyList<ListDocument.ListedPipeline> Pipelines)
{
    internal static ListDocument Of(IEnumerable<PipelineDescriptor> pipelines) => new([.. pipelines.Select(pipeline => new ListedPipeline(
        pipeline.Name,
        pipeline.Owner,
        pipeline.Description,
        PartitionsOf(pipeline.Partitions),
        pipeline.Schedule is { } schedule ? new ListedSchedule(schedule.Cron, schedule.Zone.Id) : null,
        [.. pipeline.Nodes.Where(node => node.Kind == NodeKind.Source).Select(node => new ListedSource(node.Name, node.Row, node.MaxRejectedShare))],
        [.. pipeline.Nodes.Where(node => node.Kind != NodeKind.Source).Select(node => new ListedStep(node.Name, CliJson.Camel(node.Kind), node.Row, node.From))],
        TablesOf(pipeline),
        [.. pipeline.Reads.Select(table => table.DisplayName)]))]);

    private static IReadOnlyList<ListedTable> TablesOf(PipelineDescriptor pipeline)
    {
        // In the order of the loads; none where the program was built without it.
        IReadOnlyList<TableLineage> lineage = TableLineage.Of(pipeline);
        return [.. pipeline.Loads.Select((load, i) => new ListedTable(
            load.Contract.DisplayName,
            CliJson.Camel(load.Contract.Strategy),
            load.From,
            lineage.Count == 0 ? null : [.. lineage[i].Columns.Select(column => new ListedColumn(column.Member, OriginsOf(column.Origins)))],
            lineage.Count == 0 ? null : OriginsOf(lineage[i].Filters)))];
    }

    private static IReadOnlyList<ListedOrigin> OriginsOf(IReadOnlyList<ColumnOrigin> origins) =>
        [.. origins.Select(origin => new ListedOrigin(origin.From, origin.Member, CliJson.Camel(origin.Kind), origin.IsTable))];

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
        ListedSchedule? Schedule,
        IReadOnlyList<ListedSource> Sources,
        IReadOnlyList<ListedStep> Steps,
        IReadOnlyList<ListedTable> Tables,
        IReadOnlyList<string> Reads);

    internal sealed record ListedPartitions(string Kind, string? First, string? EndsBefore, string TimeZone, bool AllowPartial);

    internal sealed record ListedSchedule(string Cron, string TimeZone);

    internal sealed record ListedSource(string Name, string Row, double MaxRejectedShare);

    internal sealed record ListedStep(string Name, string Kind, string Row, string? From);

    internal sealed record ListedTable(
        string Name, string Strategy, string From, IReadOnlyList<ListedColumn>? Columns, IReadOnlyList<ListedOrigin>? Filters);

    internal sealed record ListedColumn(string Name, IReadOnlyList<ListedOrigin> Origins);

    internal sealed record ListedOrigin(string From, string Member, string Kind, bool IsTable);
}
