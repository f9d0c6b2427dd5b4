namespace TypedPipelines.Cli.Rendering;

/// <summary>A pipeline as <c>list</c> shows it.</summary>
internal static class PipelineText
{
    internal static void Write(TextWriter writer, PipelineDescriptor pipeline)
    {
        writer.WriteLine(pipeline.Description is null ? pipeline.Name : $"{pipeline.Name}  {Visible.Of(pipeline.Description)}");
        Field(writer, "owner", pipeline.Owner is null ? [] : [Visible.Of(pipeline.Owner)]);
        Field(writer, "partitions", [PartitionsOf(pipeline.Partitions)]);
        Field(writer, "schedule", pipeline.Schedule is { } schedule ? [schedule.ToString()] : []);
        Field(writer, "sources", pipeline.Nodes.Where(node => node.Kind == NodeKind.Source).Select(node => $"{node.Name} -> {node.Row}"));
        Field(writer, "steps", pipeline.Nodes.Where(node => node.Kind != NodeKind.Source).Select(node => $"{FromOf(pipeline, node)} -> {node.Name} -> {node.Row} ({WordOf(node.Kind)})"));
        Field(writer, "tables", pipeline.Loads.Select(load => $"{load.Contract.DisplayName} ({WordOf(load.Contract.Strategy)}) from {load.From}"));
        Field(writer, "reads", pipeline.Reads.Select(table => table.DisplayName));
    }

    private static void Field(TextWriter writer, string name, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            writer.WriteLine($"  {name,-12}{value}");
            name = "";
        }
    }

    internal static string PartitionsOf(PartitionScheme scheme)
    {
        if (scheme.Kind == PartitionScheme.None.Kind)
        {
            return "none: loaded as a whole";
        }

        if (!scheme.HasWindows)
        {
            return scheme.KeyForm;
        }

        string end = scheme.EndsBefore is null ? "on" : $"until before {scheme.EndsBefore}";
        return $"{scheme.Kind}, from {scheme.All().First().Key} {end}, {scheme.Zone.Id}{(scheme.AllowPartial ? ", also before the window has ended" : "")}";
    }

    /// <summary>What a step takes rows from: of a SQL step the tables, which may be none.</summary>
    private static string FromOf(PipelineDescriptor pipeline, NodeDescriptor step) => step.From
        ?? string.Join(", ", pipeline.SqlSteps.Where(sql => sql.Name == step.Name).SelectMany(sql => sql.Reads).Select(table => table.DisplayName));

    internal static string WordOf(NodeKind kind) => kind switch
    {
        NodeKind.SqlStep => "SQL",
        NodeKind.FilterMap => "filter-map",
        NodeKind.WholeSet => "whole set",
        _ => kind.ToString().ToLowerInvariant(),
    };

    internal static string WordOf(LoadStrategy strategy) => strategy switch
    {
        LoadStrategy.ReplacePartition => "replace partition",
        LoadStrategy.ReplaceTable => "replace table",
        LoadStrategy.ReplaceRun => "replace run",
        LoadStrategy.ReplaceFile => "replace file",
        _ => strategy.ToString().ToLowerInvariant(),
    };
}
