using System.Net;
using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Graphs;

/// <summary>A graph as a picture inside a page, in the page's colours: from left to right, each node behind all that it takes rows from.</summary>
internal static class GraphSvg
{
    private const int Width = 168;
    private const int Height = 40;
    private const int Across = 56;
    private const int Down = 16;
    private const int Margin = 8;

    /// <summary>A longer name is cut; its whole is the picture's own text.</summary>
    private const int Letters = 22;

    internal static string Of(PipelineGraph graph, string title)
    {
        Dictionary<int, (int X, int Y)> places = Place(graph);
        int width = places.Values.Max(place => place.X) + Width + Margin;
        int height = places.Values.Max(place => place.Y) + Height + Margin;
        var svg = new StringBuilder($"<svg class=\"graph\" role=\"img\" aria-label=\"{Text(title)}\" viewBox=\"0 0 {Number(width)} {Number(height)}\" width=\"{Number(width)}\" height=\"{Number(height)}\">");
        foreach (GraphEdge edge in graph.Edges)
        {
            (int x1, int y1) = (places[edge.From].X + Width, places[edge.From].Y + (Height / 2));
            (int x2, int y2) = (places[edge.To].X, places[edge.To].Y + (Height / 2));
            int bend = Across / 2;
            svg.Append($"<path class=\"edge{(edge.IsLookup ? " lookup" : "")}\" d=\"M{Number(x1)} {Number(y1)}C{Number(x1 + bend)} {Number(y1)} {Number(x2 - bend)} {Number(y2)} {Number(x2)} {Number(y2)}\"/>");
        }

        foreach (GraphNode node in graph.Nodes)
        {
            (int x, int y) = places[node.Id];
            int round = node.Kind == GraphNodeKind.Source ? Height / 2 : 4;
            string name = node.Name.Length > Letters ? node.Name[..(Letters - 1)] + "…" : node.Name;
            svg.Append($"<g class=\"{node.Kind.ToString().ToLowerInvariant()}\"><title>{Text($"{node.Name}: {node.Detail}")}</title><rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" rx=\"{Number(round)}\"/>")
                .Append($"<text x=\"{Number(x + (Width / 2))}\" y=\"{Number(y + (Height / 2) + 4)}\">{Text(name)}</text></g>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static Dictionary<int, (int X, int Y)> Place(PipelineGraph graph)
    {
        var layers = new Dictionary<int, int>();
        foreach (GraphNode node in graph.Nodes)
        {
            layers[node.Id] = 0;
        }

        // As often as there are nodes at the most: a pipeline may read the table that it loads, and such an edge goes back.
        for (int round = 0, moved = 1; moved > 0 && round < graph.Nodes.Count; round++)
        {
            moved = 0;
            foreach (GraphEdge edge in graph.Edges.Where(edge => edge.From < edge.To || graph.Nodes[edge.From].Kind != GraphNodeKind.Table))
            {
                if (layers[edge.To] <= layers[edge.From] && layers[edge.From] < graph.Nodes.Count)
                {
                    layers[edge.To] = layers[edge.From] + 1;
                    moved++;
                }
            }
        }

        // Where nothing comes in, as into a table that is looked up, it stands just before what takes its rows: a way would run behind other nodes.
        foreach (GraphNode node in graph.Nodes.Where(node => !graph.Edges.Any(edge => edge.To == node.Id) && graph.Edges.Any(edge => edge.From == node.Id)))
        {
            layers[node.Id] = Math.Max(0, graph.Edges.Where(edge => edge.From == node.Id).Min(edge => layers[edge.To]) - 1);
        }

        var rows = new Dictionary<int, double>();
        foreach (IGrouping<int, GraphNode> layer in graph.Nodes.GroupBy(node => layers[node.Id]).OrderBy(layer => layer.Key))
        {
            // Each beside those that it takes rows from, so that few ways cross.
            int row = 0;
            foreach (GraphNode node in layer.OrderBy(node => graph.Edges.Where(edge => edge.To == node.Id && rows.ContainsKey(edge.From)).Select(edge => rows[edge.From]).DefaultIfEmpty(double.MaxValue).Average()).ThenBy(node => node.Id))
            {
                rows[node.Id] = row++;
            }
        }

        return graph.Nodes.ToDictionary(node => node.Id, node => (Margin + (layers[node.Id] * (Width + Across)), Margin + ((int)rows[node.Id] * (Height + Down))));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Visible.Of(text));

    private static string Number(int number) => Invariant.Text(number);
}
