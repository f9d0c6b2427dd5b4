using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Connects sources and steps by row type, and finds what cannot be connected.</summary>
internal sealed class Wiring(IReadOnlyList<ParsedMethod> methods, Findings findings)
{
    private readonly Dictionary<ParsedMethod, ParsedMethod> _producers = [];

    /// <summary>The lookups that steps ask for, each with the method that gives its rows; null for the row's table.</summary>
    public List<(INamedTypeSymbol Lookup, ParsedMethod? Producer, IParameterSymbol At)> Lookups { get; } = [];

    public ParsedMethod? ProducerOf(ParsedMethod step) => _producers.TryGetValue(step, out ParsedMethod? producer) ? producer : null;

    /// <summary>Connects everything; gives the methods in an order in which each follows those it takes rows from.</summary>
    public IReadOnlyList<ParsedMethod> Connect()
    {
        foreach (ParsedMethod step in methods.Where(method => !method.IsSource))
        {
            if (Producer(step.InputRow!, step.DeclaredProducer, step.Input!, step) is { } producer)
            {
                _producers[step] = producer;
            }

            foreach (ParsedParameter parameter in step.Parameters.Where(parameter => parameter.Form == ParameterForm.Lookup))
            {
                ConnectLookup(step, parameter);
            }
        }

        return Order();
    }

    /// <summary>Reports the methods whose rows nobody takes.</summary>
    public void RequireUse(Func<INamedTypeSymbol, bool> isLoaded)
    {
        foreach (ParsedMethod method in methods)
        {
            // Where several give the rows of a table that is reported already, and each of them is meant to be used.
            bool used = (method.Form != NodeForm.TableSource && isLoaded(method.OutputRow) && (LoadProducer(method.OutputRow) ?? method) == method)
                || _producers.Values.Contains(method)
                || Lookups.Exists(lookup => lookup.Producer == method);
            if (!used)
            {
                findings.Error(RuleIds.OutputUnused, method.Method, method.Name, method.OutputRow.Name);
            }
        }
    }

    /// <summary>
    /// The method whose rows are loaded into a row type's table: the only one that gives them or, where steps take that
    /// type and give it again, the last in line.
    /// </summary>
    public ParsedMethod? LoadProducer(INamedTypeSymbol row)
    {
        List<ParsedMethod> producers = [.. methods.Where(method => Same(method.OutputRow, row))];
        List<ParsedMethod> last = [.. producers.Where(method => !_producers.Any(pair => pair.Value == method && Same(pair.Key.OutputRow, row)))];
        return last.Count == 1 ? last[0] : null;
    }

    /// <summary>Reports a stage that looks up rows which only it can make, at the lookup.</summary>
    public void ReportStuck(NodeModel root, IReadOnlyList<LookupModel> lookups)
    {
        var after = new List<string> { root.Name };
        foreach (ParsedMethod method in Order().Where(method => ProducerOf(method) is { } producer && after.Contains(producer.Name)))
        {
            after.Add(method.Name);
        }

        ParsedParameter? asked = methods.Where(method => after.Contains(method.Name))
            .SelectMany(static method => method.Parameters)
            .FirstOrDefault(parameter => parameter.Lookup is { } lookup && lookups.Any(known => known.From is not null && known.RowType == lookup.TypeArguments[1].SourceName()));
        findings.Error(RuleIds.Cycle, asked?.Symbol ?? (ISymbol)methods.First(method => method.Name == root.Name).Method, $"{root.Name} → a lookup of rows made from {root.Name}'s own rows");
    }

    private ParsedMethod? Producer(INamedTypeSymbol row, string? declared, IParameterSymbol at, ParsedMethod step)
    {
        List<ParsedMethod> producers = [.. methods.Where(method => method != step && Same(method.OutputRow, row))];
        if (declared is not null)
        {
            ParsedMethod? named = producers.Find(method => method.Name == declared);
            if (named is null && declared == step.Name && Same(step.OutputRow, row))
            {
                findings.Error(RuleIds.Cycle, From(at), $"{step.Name} → {step.Name}");
            }
            else if (named is null)
            {
                findings.Error(RuleIds.NothingProduces, From(at), row.Name, $"'{declared}' is not a source or step that gives it");
            }

            return named;
        }

        switch (producers.Count)
        {
            case 0:
                findings.Error(RuleIds.NothingProduces, at, row.Name, Nearest(row));
                return null;
            case 1:
                return producers[0];
            default:
                findings.Error(RuleIds.SeveralProduce, at, row.Name, string.Join(", ", producers.Select(method => method.Name)));
                return null;
        }
    }

    private string Nearest(INamedTypeSymbol row)
    {
        string given = string.Join(", ", methods.Select(method => method.OutputRow.Name).Distinct());
        return given.Length == 0 ? "the pipeline has no source" : $"its sources and steps give {given}";
    }

    private void ConnectLookup(ParsedMethod step, ParsedParameter parameter)
    {
        var row = (INamedTypeSymbol)parameter.Lookup!.TypeArguments[1];
        List<ParsedMethod> producers = [.. methods.Where(method => Same(method.OutputRow, row))];
        if (parameter.DeclaredProducer is { } declared)
        {
            producers.RemoveAll(method => method.Name != declared);
            if (producers.Count == 0)
            {
                findings.Error(RuleIds.NothingProduces, From(parameter.Symbol), row.Name, $"'{declared}' is not a source or step that gives it");
                return;
            }
        }

        parameter.Producer = producers.FirstOrDefault();
        if (producers.Count > 1)
        {
            findings.Error(RuleIds.SeveralProduce, parameter.Symbol, row.Name, string.Join(", ", producers.Select(method => method.Name)));
        }
        else if (producers.Count == 0 && ContractParser.StrategyOf(row) is null)
        {
            findings.Error(RuleIds.NothingProduces, parameter.Symbol, row.Name, "it has no load strategy, so there is no table to read it from either");
        }
        else if (!Lookups.Exists(lookup => lookup.Producer == parameter.Producer && SymbolEqualityComparer.Default.Equals(lookup.Lookup, parameter.Lookup)))
        {
            Lookups.Add((parameter.Lookup, parameter.Producer, parameter.Symbol));
        }
    }

    private List<ParsedMethod> Order()
    {
        var ordered = new List<ParsedMethod>();
        var waiting = new List<ParsedMethod>(methods);
        while (waiting.Count > 0)
        {
            ParsedMethod? next = waiting.Find(method => ProducerOf(method) is not { } producer || ordered.Contains(producer));
            if (next is null)
            {
                // What waits for a circle need not be in it.
                List<ParsedMethod> circle = Circle(waiting[0]);
                ParsedMethod first = methods.First(circle.Contains);
                circle = Circle(first);
                findings.Error(RuleIds.Cycle, first.Input, string.Join(" → ", circle.Select(method => method.Name)));
                return ordered;
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private List<ParsedMethod> Circle(ParsedMethod start)
    {
        var seen = new List<ParsedMethod>();
        ParsedMethod at = start;
        while (!seen.Contains(at))
        {
            seen.Add(at);
            at = _producers[at];
        }

        List<ParsedMethod> circle = [.. seen.Skip(seen.IndexOf(at)), at];
        circle.Reverse();
        return circle;
    }

    /// <summary>Where a parameter says whose rows it takes.</summary>
    private static Location? From(IParameterSymbol parameter) =>
        parameter.RuntimeAttribute("FromAttribute")?.Location(0) ?? parameter.Locations.FirstOrDefault();

    private static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
