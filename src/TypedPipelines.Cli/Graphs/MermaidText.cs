using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Graphs;

/// <summary>A graph as Mermaid draws it, in Markdown pages among others.</summary>
internal static class MermaidText
{
    internal static string Of(PipelineGraph graph, bool columns)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (IGrouping<string?, GraphNode> pipeline in graph.Nodes.GroupBy(node => node.Pipeline).OrderBy(group => group.First().Id))
        {
            string indent = pipeline.Key is null ? "  " : "    ";
            if (pipeline.Key is not null)
            {
                text.Append($"  subgraph p{Invariant.Text(pipeline.First().Id)}[\"{Label(pipeline.Key)}\"]\n");
            }

            foreach (GraphNode node in pipeline)
            {
                string label = Label(node.Name) + (columns && node.Columns.Count > 0 ? "<br/>" + string.Join("<br/>", node.Columns.Select(Label)) : "");
                (string open, string close) = node.Kind switch
                {
                    GraphNodeKind.Source => ("([", "])"),
                    GraphNodeKind.Table => ("[(", ")]"),
                    _ => ("[", "]"),
                };
                text.Append($"{indent}n{Invariant.Text(node.Id)}{open}\"{label}\"{close}\n");
            }

            text.Append(pipeline.Key is null ? "" : "  end\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            text.Append($"  n{Invariant.Text(edge.From)} {(edge.IsLookup ? "-.->" : "-->")} n{Invariant.Text(edge.To)}\n");
        }

        return text.ToString();
    }

    /// <summary>Mermaid's own entities: a name can neither end its label nor bring markup into it.</summary>
    private static string Label(string name) => string.Concat(Visible.Of(name).Select(static c => c switch
    {
        '"' => "#quot;",
        '#' => "#35;",
        '<' => "#lt;",
        '>' => "#gt;",
        '&' => "#amp;",
        '`' => "#96;",
        '\\' => "#92;",
        ';' => "#59;",
        _ => c.ToString(),
    }));
}
