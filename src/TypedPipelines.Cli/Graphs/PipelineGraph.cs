using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Graphs;

/// <summary>The sources, steps and tables of pipelines, and which rows go where.</summary>
/// <param name="Nodes">Them, each pipeline's after those whose tables it reads.</param>
/// <param name="Edges">The ways of rows.</param>
internal sealed record PipelineGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>Draws pipelines, in the order of their dependencies.</summary>
    internal static PipelineGraph Of(IEnumerable<PipelineDescriptor> pipelines)
    {
        var nodes = new List<GraphNode>();
        var edges = new List<GraphEdge>();
        var tables = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            foreach (TableContract read in pipeline.Reads)
            {
                Table(read);
            }

            Dictionary<string, GraphNode> own = pipeline.Nodes.ToDictionary(
                node => node.Name,
                node => Add(new GraphNode(0, node.Name, node.Kind == NodeKind.Source ? GraphNodeKind.Source : GraphNodeKind.Step, pipeline.Name, $"{PipelineText.WordOf(node.Kind)}, gives {node.Row}")),
                StringComparer.Ordinal);
            foreach (NodeDescriptor node in pipeline.Nodes.Where(node => node.From is not null))
            {
                edges.Add(new GraphEdge(own[node.From!].Id, own[node.Name].Id, IsLookup: false));
            }

            foreach ((string from, string to, bool isTable) in Lookups(pipeline))
            {
                if (own.TryGetValue(to, out GraphNode? step) && (isTable ? tables.GetValueOrDefault(from) : own.GetValueOrDefault(from)) is { } origin
                    && !edges.Exists(edge => edge.From == origin.Id && edge.To == step.Id))
                {
                    edges.Add(new GraphEdge(origin.Id, step.Id, IsLookup: !isTable || pipeline.Nodes.First(node => node.Name == to).From is not null));
                }
            }

            foreach (LoadDescriptor load in pipeline.Loads)
            {
                edges.Add(new GraphEdge(own[load.From].Id, Table(load.Contract).Id, IsLookup: false));
            }
        }

        return new PipelineGraph(nodes, edges);

        GraphNode Add(GraphNode node)
        {
            nodes.Add(node with { Id = nodes.Count });
            return nodes[^1];
        }

        GraphNode Table(TableContract table)
        {
            if (!tables.TryGetValue(table.DisplayName, out GraphNode? node))
            {
                node = tables[table.DisplayName] = Add(new GraphNode(0, table.DisplayName, GraphNodeKind.Table, null, PipelineText.WordOf(table.Strategy))
                {
                    Columns = [.. table.Columns.Where(column => column.Stored).Select(column => column.Name)],
                });
            }

            return node;
        }
    }

    /// <summary>What steps take besides the rows that come in: tables, and lookups of the pipeline's own rows, as far as its lineage tells.</summary>
    private static IEnumerable<(string From, string To, bool IsTable)> Lookups(PipelineDescriptor pipeline)
    {
        IEnumerable<(string From, string To, bool IsTable)> ofSql = pipeline.SqlSteps.SelectMany(sql => sql.Reads.Select(table => (table.DisplayName, sql.Name, true)));
        IEnumerable<(string From, string To, bool IsTable)> ofLineage = (pipeline.Lineage?.Steps ?? []).SelectMany(step => step.Members
            .SelectMany(member => member.Origins)
            .Concat(step.Filters)
            .Where(origin => origin.IsTable || pipeline.Nodes.Any(node => node.Name == origin.From))
            .Select(origin => (origin.From, step.Step, origin.IsTable)));
        return ofSql.Concat(ofLineage).Distinct().Where(each => each.IsTable || each.From != each.To);
    }
}

/// <summary>A source, step or table in a picture.</summary>
/// <param name="Id">Its place among the nodes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Pipeline">Whose it is; null for a table.</param>
/// <param name="Detail">What more there is to say.</param>
internal sealed record GraphNode(int Id, string Name, GraphNodeKind Kind, string? Pipeline, string Detail)
{
    /// <summary>Of a table, its columns.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>A way that rows go.</summary>
/// <param name="From">From where, by its place.</param>
/// <param name="To">To where.</param>
/// <param name="IsLookup">Whether they are looked up, and are not what comes in.</param>
internal sealed record GraphEdge(int From, int To, bool IsLookup);

/// <summary>What stands in a picture.</summary>
internal enum GraphNodeKind
{
    Source,
    Step,
    Table,
}
