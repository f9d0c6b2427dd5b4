using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>
/// Which stages run as one: a step that asks for its rows asynchronously gets them while the stage before it reads, so that they need
/// not all be held. A stage is pulled by one such step at most; what else takes its rows waits until they are all known.
/// </summary>
internal static class StageChains
{
    /// <param name="ordered">The stages, in an order in which each has what it needs.</param>
    /// <param name="lookups">The pipeline's lookups.</param>
    /// <returns>The chains in order; in each the last stage pulls, and every other gives its rows to the next.</returns>
    public static IReadOnlyList<IReadOnlyList<Stage>> Of(IReadOnlyList<Stage> ordered, IReadOnlyList<LookupModel> lookups)
    {
        var chains = new List<IReadOnlyList<Stage>>();
        var known = new HashSet<string>();
        var waiting = new List<Stage>(ordered);
        while (waiting.Count > 0)
        {
            var chain = new List<Stage>();
            for (Stage? next = waiting[0]; next is not null; next = waiting.Find(stage => Pulls(stage, chain[chain.Count - 1], lookups, known)))
            {
                waiting.Remove(next);
                chain.Add(next);
            }

            chains.Add(chain);
            known.UnionWith(chain.SelectMany(stage => stage.All).SelectMany(stage => stage.Steps.Prepend(stage.Root)).Select(node => node.Name));
        }

        return chains;
    }

    private static bool Pulls(Stage stage, Stage before, IReadOnlyList<LookupModel> lookups, HashSet<string> known) =>
        stage.Root.Form == NodeForm.AsyncWholeSet
        && before.All.Any(part => part.Gives(stage.Root.From!))
        && Stages.LookupsOf(stage, lookups).All(known.Contains);
}
