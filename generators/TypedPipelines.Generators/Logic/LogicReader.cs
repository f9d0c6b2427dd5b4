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
internal sealed class LogicReader
{
    /// <summary>
    /// Counts up when the same code would get another fingerprint: then all that was loaded before counts as loaded by other logic, and whoever asks is
    /// told that it is for this.
    /// </summary>
    private const string Version = "TypedPipelines logic 4";

    /// <summary>The runtime knows this part by its name.</summary>
    private const string VersionPart = "how fingerprints are taken";

    private readonly SemanticModels _models;
    private readonly PartReader _reader;
    private readonly InitialiserOrder _order;

    public LogicReader(SemanticModels models, CancellationToken cancellationToken)
    {
        _models = models;
        _reader = new PartReader(models, cancellationToken);
        _order = new InitialiserOrder(_reader);
    }

    public LogicModel? Read(PipelineModel pipeline)
    {
        if (PipelineMethods.TypeOf(_models.Compilation, pipeline) is not { } type)
        {
            return null;
        }

        List<(NodeModel Node, List<CodePart> Parts)> steps = [.. pipeline.Nodes.Select(node => (node, Reach(PipelineMethods.Of(type, node).Concat(RowCode.Of(_models.Compilation, pipeline, node)))))];
        INamedTypeSymbol[] rows = [.. pipeline.Tables.Select(table => PipelineMethods.RowOf(_models.Compilation, table.Row)).OfType<INamedTypeSymbol>()];
        List<CodePart> contracts = Reach(rows.Concat(rows.Where(row => pipeline.Loads.Any(load => load.RowType == row.SourceName()))
            .SelectMany(row => PipelineMethods.ChecksOf(row).Concat(RowCode.Writing(row, _models.Compilation.Assembly)))));
        List<NamedPart> parts = [.. steps.SelectMany(static step => step.Parts).Concat(contracts)
            .GroupBy(static part => part.Name, StringComparer.Ordinal)
            .Select(static group => new NamedPart(
                group.Key,
                Together(group.Select(static part => part.Key)),
                Together(group.Select(part => group.All(other => other.Key == part.Key) ? part.Hash : new Digest().Add(part.Key).Add(part.Hash).Hash()))))
            .Append(Own("how the partitions are cut", new Digest().Add(pipeline.Partitions.Scheme ?? "").Add(pipeline.Partitions.TimeZone)))
            .Append(Own("how the steps are put together", Wiring(pipeline)))
            .Append(Own(VersionPart, new Digest().Add(Version)))
            .OrderBy(static part => part.Name, StringComparer.Ordinal)];
        Dictionary<string, int> places = parts.Select(static (part, place) => (part.Name, place)).ToDictionary(static part => part.Name, static part => part.place, StringComparer.Ordinal);
        return new LogicModel(
            Fingerprint(parts),
            [.. parts.Select(static part => (part.Name, part.Hash))],
            [.. steps.Select(step => Step(step.Node, step.Parts, parts, places))]);
    }

    private static StepLogicModel Step(NodeModel node, List<CodePart> reached, List<NamedPart> parts, Dictionary<string, int> places)
    {
        int[] own = [.. reached.Select(part => places[part.Name]).Distinct().OrderBy(static place => place)];
        return new StepLogicModel(
            node.Name,
            Fingerprint(own.Select(place => parts[place])),
            own,
            [.. reached.SelectMany(static part => part.Opaque.Select(what => $"{part.Name} {what}")).Distinct().OrderBy(static text => text, StringComparer.Ordinal)]);
    }

    /// <summary>By keys, which stay where a name is another one to people.</summary>
    private static string Fingerprint(IEnumerable<NamedPart> parts) => parts
        .OrderBy(static part => part.Key, StringComparer.Ordinal)
        .Aggregate(new Digest().Add(Version), static (digest, part) => digest.Add(part.Key).Add(part.Hash))
        .Hash();

    private static NamedPart Own(string name, Digest digest) => new(name, name, digest.Hash());

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
            Enqueue(part.AssignedBy);
        }

        parts.AddRange(_order.Of(seen));
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

    private static Digest Wiring(PipelineModel pipeline)
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

        foreach (LookupModel lookup in pipeline.Lookups.OrderBy(static lookup => lookup.RowType, StringComparer.Ordinal).ThenBy(static lookup => lookup.From, StringComparer.Ordinal))
        {
            digest.Add(lookup.RowType).Add(lookup.From ?? "");

            // Where there are several of one row type, it matters who asks which.
            if (pipeline.Lookups.Count(other => other.RowType == lookup.RowType) > 1)
            {
                foreach (NodeModel node in pipeline.Nodes.OrderBy(static node => node.Name, StringComparer.Ordinal))
                {
                    digest.Add(string.Concat(node.Parameters.Select(parameter => lookup.Serves(parameter) ? '1' : '0')));
                }
            }
        }

        return digest;
    }

    /// <summary>One text of several, whatever their order and however often each is there.</summary>
    private static string Together(IEnumerable<string> texts)
    {
        string[] all = [.. texts.Distinct().OrderBy(static text => text, StringComparer.Ordinal)];
        return all.Length == 1 ? all[0] : all.Aggregate(new Digest(), static (digest, text) => digest.Add(text)).Hash();
    }

    private sealed record NamedPart(string Name, string Key, string Hash);
}
