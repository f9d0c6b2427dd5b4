using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>
/// One pass over rows: a source or a whole-set step, and the row steps that follow it, fused into one loop. A stage ends where
/// all rows must be known: before a whole-set step, and before a lookup of rows made in this pipeline.
/// </summary>
internal sealed class Stage(NodeModel root, IReadOnlyList<NodeModel> steps)
{
    public NodeModel Root { get; } = root;

    /// <summary>The row steps, each after the one it takes rows from.</summary>
    public IReadOnlyList<NodeModel> Steps { get; } = steps;

    public bool Gives(string node) => Root.Name == node || Steps.Any(step => step.Name == node);
}

/// <summary>Cuts a pipeline into stages, in an order in which each has what it needs.</summary>
internal static class Stages
{
    /// <returns>The stages in order; and the root of one that waits for itself, where there is such a one.</returns>
    public static (IReadOnlyList<Stage> Ordered, NodeModel? Stuck) Plan(IReadOnlyList<NodeModel> nodes, IReadOnlyList<LookupModel> lookups)
    {
        List<Stage> waiting = [.. nodes.Where(node => node.IsSource || node.Form == NodeForm.WholeSet).Select(root => new Stage(root, Follow(root, nodes)))];
        var ordered = new List<Stage>();
        while (waiting.Count > 0)
        {
            Stage? next = waiting.Find(stage => Needs(stage, lookups).All(need => ordered.Exists(done => done.Gives(need))));
            if (next is null)
            {
                return (ordered, waiting[0].Root);
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return (ordered, null);
    }

    private static List<NodeModel> Follow(NodeModel root, IReadOnlyList<NodeModel> nodes)
    {
        var steps = new List<NodeModel>();
        foreach (NodeModel node in nodes)
        {
            if (!node.IsSource && node.Form != NodeForm.WholeSet && (node.From == root.Name || steps.Exists(step => step.Name == node.From)))
            {
                steps.Add(node);
            }
        }

        return steps;
    }

    private static IEnumerable<string> Needs(Stage stage, IReadOnlyList<LookupModel> lookups)
    {
        if (stage.Root.From is { } from)
        {
            yield return from;
        }

        foreach (ParameterModel parameter in stage.Steps.Concat([stage.Root]).SelectMany(node => node.Parameters))
        {
            if (parameter.Form == ParameterForm.Lookup && lookups.FirstOrDefault(lookup => lookup.RowType == parameter.RowType)?.From is { } producer)
            {
                yield return producer;
            }
        }
    }
}
