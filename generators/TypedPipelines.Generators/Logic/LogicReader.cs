using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Finds out which logic a pipeline's rows go through: the code of its sources and steps and all that they reach, the contracts, and how they
/// are put together. Two pipelines have one fingerprint only if all of it is the same.
/// </summary>
internal sealed class LogicReader(SemanticModels models, CancellationToken cancellationToken)
{
    /// <summary>Counts up when the same code would get another fingerprint: then all that was loaded before is stale.</summary>
    private const string Version = "TypedPipelines logic 1";

    private readonly PartReader _reader = new(models, cancellationToken);

    public LogicModel? Read(PipelineModel pipeline)
    {
        if (PipelineMethods.TypeOf(models.Compilation, pipeline) is not { } type)
        {
            return null;
        }

        List<(NodeModel Node, List<CodePart> Parts)> steps = [.. pipeline.Nodes.Select(node => (node, Reach(PipelineMethods.Of(type, node))))];
        List<CodePart> contracts = Reach(pipeline.Tables.Select(table => PipelineMethods.RowOf(models.Compilation, table.Row)).OfType<ISymbol>());
        List<(string Name, string Hash)> parts = [.. steps.SelectMany(static step => step.Parts).Concat(contracts)
            .Distinct()
            .GroupBy(static part => part.Name, StringComparer.Ordinal)
            .Select(static group => (group.Key, Hash: Together(group.Select(static part => part.Hash))))
            .Append(("how the partitions are cut", new Digest().Add(pipeline.Partitions.Scheme ?? "").Add(pipeline.Partitions.TimeZone).Hash()))
            .Append(("how the steps are put together", Wiring(pipeline)))
            .OrderBy(static part => part.Item1, StringComparer.Ordinal)];
        Dictionary<string, int> places = parts.Select(static (part, place) => (part.Name, place)).ToDictionary(static part => part.Name, static part => part.place, StringComparer.Ordinal);
        return new LogicModel(
            parts.Aggregate(new Digest().Add(Version), static (digest, part) => digest.Add(part.Name).Add(part.Hash)).Hash(),
            parts,
            [.. steps.Select(step => Step(step.Node, step.Parts, parts, places))]);
    }

    private static StepLogicModel Step(NodeModel node, List<CodePart> reached, List<(string Name, string Hash)> parts, Dictionary<string, int> places)
    {
        int[] own = [.. reached.Select(part => places[part.Name]).Distinct().OrderBy(static place => place)];
        return new StepLogicModel(
            node.Name,
            own.Aggregate(new Digest().Add(Version), (digest, place) => digest.Add(parts[place].Name).Add(parts[place].Hash)).Hash(),
            own,
            [.. reached.SelectMany(static part => part.Opaque.Select(what => $"{part.Name} {what}")).Distinct().OrderBy(static text => text, StringComparer.Ordinal)]);
    }

    /// <summary>All parts that can be reached.</summary>
    private List<CodePart> Reach(IEnumerable<ISymbol> from)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var waiting = new Queue<ISymbol>();
        var parts = new List<CodePart>();
        Enqueue(from);
        while (waiting.Count > 0)
        {
            CodePart part = _reader.Read(waiting.Dequeue());
            parts.Add(part);
            Enqueue(part.References);
        }

        return parts;

        void Enqueue(IEnumerable<ISymbol> symbols)
        {
            foreach (ISymbol symbol in symbols)
            {
                if (_reader.OwnerOf(symbol) is { } owner && seen.Add(owner))
                {
                    waiting.Enqueue(owner);
                }
            }
        }
    }

    private static string Wiring(PipelineModel pipeline)
    {
        var digest = new Digest();
        foreach (NodeModel node in pipeline.Nodes.OrderBy(static node => node.Name, StringComparer.Ordinal))
        {
            digest.Add(node.Name).Add(node.Form.ToString()).Add(node.From ?? "").Add(node.OutputType);
        }

        foreach (LoadModel load in pipeline.Loads.OrderBy(static load => load.RowType, StringComparer.Ordinal))
        {
            digest.Add(load.RowType).Add(load.From);
        }

        foreach (LookupModel lookup in pipeline.Lookups.OrderBy(static lookup => lookup.RowType, StringComparer.Ordinal))
        {
            digest.Add(lookup.RowType).Add(lookup.From ?? "");
        }

        return digest.Hash();
    }

    private static string Together(IEnumerable<string> hashes)
    {
        string[] all = [.. hashes.OrderBy(static hash => hash, StringComparer.Ordinal)];
        return all.Length == 1 ? all[0] : all.Aggregate(new Digest(), static (digest, hash) => digest.Add(hash)).Hash();
    }
}
