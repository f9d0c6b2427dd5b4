using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Graphs;

/// <summary>A graph as Graphviz draws it.</summary>
internal static class DotText
{
    internal static string Of(PipelineGraph graph, bool columns)
    {
        var text = new StringBuilder("digraph pipelines {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        foreach (IGrouping<string?, GraphNode> pipeline in graph.Nodes.GroupBy(node => node.Pipeline).OrderBy(group => group.First().Id))
        {
            string indent = pipeline.Key is null ? "  " : "    ";
            if (pipeline.Key is not null)
            {
                text.Append($"  subgraph cluster_{Invariant.Text(pipeline.First().Id)} {{\n    label={Quote(pipeline.Key)};\n");
            }

            foreach (GraphNode node in pipeline)
            {
                string label = string.Join("\\n", new[] { node.Name }.Concat(columns ? node.Columns : []).Select(Escape));
                string shape = node.Kind switch
                {
                    GraphNodeKind.Source => "ellipse",
                    GraphNodeKind.Table => "cylinder",
                    _ => "box",
                };
                text.Append($"{indent}n{Invariant.Text(node.Id)} [label=\"{label}\", shape={shape}];\n");
            }

            text.Append(pipeline.Key is null ? "" : "  }\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            text.Append($"  n{Invariant.Text(edge.From)} -> n{Invariant.Text(edge.To)}{(edge.IsLookup ? " [style=dashed]" : "")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Quote(string name) => $"\"{Escape(name)}\"";

    private static string Escape(string name) => Visible.Of(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
