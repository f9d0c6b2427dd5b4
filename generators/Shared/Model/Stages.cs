using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>
/// One pass over rows: a source or a whole-set step, and the row steps that follow it, fused into one loop. A stage ends before
/// a whole-set step, and before a lookup of rows made in this pipeline.
/// </summary>
internal sealed class Stage(NodeModel root, IReadOnlyList<NodeModel> steps, IReadOnlyList<Stage> inner)
{
    /// <summary>The source or whole-set step; of an inner stage the asynchronous step.</summary>
    public NodeModel Root { get; } = root;

    /// <summary>The row steps, each after the one it takes rows from.</summary>
    public IReadOnlyList<NodeModel> Steps { get; } = steps;

    /// <summary>
    /// Passes over what asynchronous steps make of a batch's rows: they follow on the pass over the batch, before the next batch is read.
    /// </summary>
    public IReadOnlyList<Stage> Inner { get; } = inner;

    /// <summary>This stage and those inside it, each before its own inner ones.</summary>
    public IEnumerable<Stage> All => Inner.SelectMany(stage => stage.All).Prepend(this);

    public bool Gives(string node) => Root.Name == node || Steps.Any(step => step.Name == node);
}

/// <summary>Cuts a pipeline into stages, in an order in which each has what it needs.</summary>
internal static class Stages
{
    /// <returns>The stages in order; and the root of one that waits for itself, where there is such a one.</returns>
    public static (IReadOnlyList<Stage> Ordered, NodeModel? Stuck) Plan(IReadOnlyList<NodeModel> nodes, IReadOnlyList<LookupModel> lookups)
    {
        List<Stage> waiting = [.. nodes.Where(node => node.IsSource || node.IsWholeSet).Select(root => StageOf(root, nodes))];
        var ordered = new List<Stage>();
        while (waiting.Count > 0)
        {
            Stage? next = waiting.Find(stage => Needs(stage, lookups).All(need => ordered.Exists(done => done.All.Any(part => part.Gives(need)))));
            if (next is null)
            {
                return (ordered, waiting[0].Root);
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return (ordered, null);
    }

    private static Stage StageOf(NodeModel root, IReadOnlyList<NodeModel> nodes)
    {
        List<NodeModel> steps = Follow(root, nodes);
        return new Stage(
            root,
            steps,
            [.. nodes.Where(node => node.IsAsync && (node.From == root.Name || steps.Exists(step => step.Name == node.From))).Select(node => StageOf(node, nodes))]);
    }

    private static List<NodeModel> Follow(NodeModel root, IReadOnlyList<NodeModel> nodes)
    {
        var steps = new List<NodeModel>();
        foreach (NodeModel node in nodes)
        {
            if (!node.IsSource && !node.IsWholeSet && !node.IsAsync && (node.From == root.Name || steps.Exists(step => step.Name == node.From)))
            {
                steps.Add(node);
            }
        }

        return steps;
    }

    private static IEnumerable<string> Needs(Stage stage, IReadOnlyList<LookupModel> lookups) =>
        stage.Root.From is { } from ? LookupsOf(stage, lookups).Prepend(from) : LookupsOf(stage, lookups);

    /// <summary>The nodes whose rows a stage looks up.</summary>
    public static IEnumerable<string> LookupsOf(Stage stage, IReadOnlyList<LookupModel> lookups)
    {
        foreach (ParameterModel parameter in stage.All.SelectMany(part => part.Steps.Concat([part.Root])).SelectMany(node => node.Parameters))
        {
            if (lookups.FirstOrDefault(lookup => lookup.Serves(parameter))?.From is { } producer)
            {
                yield return producer;
            }
        }
    }
}
