using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Values;

/// <summary>
/// Puts the facts of all members together: from each write back to the callers that pass a value on, and from each call into the methods
/// that give it. It goes over a list of what is still to be looked at, and never twice over the same: recursion in the code ends it, too.
/// </summary>
internal sealed class FactGraph
{
    private const int Deepest = 8;

    // Code that branches without end is not worth an answer.
    private const int MostSteps = 4000;

    private readonly Dictionary<ISymbol, MemberFacts> _facts;
    private readonly ILookup<ISymbol, (MemberFacts Caller, IReadOnlyList<IReadOnlyList<Leaf>> Arguments)> _callers;
    private readonly Implementations _implementations;
    private readonly List<ChangingWrite> _found = [];
    private int _steps;

    private FactGraph(IEnumerable<MemberFacts> facts, Microsoft.CodeAnalysis.Compilation compilation)
    {
        _facts = new Dictionary<ISymbol, MemberFacts>(SymbolEqualityComparer.Default);
        foreach (MemberFacts of in facts)
        {
            if (_facts.TryGetValue(of.Member, out MemberFacts? known))
            {
                known.Results.AddRange(of.Results);
                known.Writes.AddRange(of.Writes);
                known.Calls.AddRange(of.Calls);
            }
            else
            {
                _facts.Add(of.Member, of);
            }
        }

        _implementations = new Implementations(compilation);
        _callers = _facts.Values
            .SelectMany(static caller => caller.Calls.Select(call => (call.Method, Call: (caller, call.Arguments))))
            .ToLookup<(IMethodSymbol Method, (MemberFacts, IReadOnlyList<IReadOnlyList<Leaf>>) Call), ISymbol, (MemberFacts, IReadOnlyList<IReadOnlyList<Leaf>>)>(
                static call => call.Method, static call => call.Call, SymbolEqualityComparer.Default);
    }

    /// <summary>Values that one member takes and another writes.</summary>
    public static IReadOnlyList<ChangingWrite> Solve(IEnumerable<MemberFacts> facts, Microsoft.CodeAnalysis.Compilation compilation)
    {
        var graph = new FactGraph(facts, compilation);
        foreach (MemberFacts member in graph._facts.Values)
        {
            foreach ((WriteTarget target, IReadOnlyList<Leaf> leaves) in member.Writes)
            {
                graph._steps = 0;
                graph.Follow(target, leaves);
            }
        }

        return graph._found;
    }

    private void Follow(WriteTarget target, IReadOnlyList<Leaf> written)
    {
        var seen = new HashSet<(ISymbol, int, string?, WriteTarget)>();
        var waiting = new Queue<(GivenValue Given, WriteTarget Target)>();
        Take(target, written, waiting);
        while (waiting.Count > 0 && _steps < MostSteps)
        {
            (GivenValue given, WriteTarget of) = waiting.Dequeue();
            if (!seen.Add((given.Method, given.Ordinal, given.Member, of)))
            {
                continue;
            }

            foreach (ISymbol called in _implementations.CalledAs(given.Method))
            {
                foreach ((MemberFacts _, IReadOnlyList<IReadOnlyList<Leaf>> arguments) in _callers[called])
                {
                    if (given.Ordinal < arguments.Count)
                    {
                        Take(of, Selected(arguments[given.Ordinal], given.Member), waiting);
                    }
                }
            }
        }
    }

    private void Take(WriteTarget target, IEnumerable<Leaf> leaves, Queue<(GivenValue, WriteTarget)> waiting)
    {
        foreach ((Leaf leaf, Location? at, string? by) in leaves.SelectMany(leaf => Expand(leaf, null, null, 0)))
        {
            if (leaf.Origin is ChangingValue changing)
            {
                foreach ((string? table, string? column) in target.ColumnsOf(leaf.Member))
                {
                    _found.Add(new ChangingWrite(changing, table, column, at ?? changing.Location, by));
                }
            }
            else if (leaf.Origin is GivenValue given)
            {
                if (!target.IsRow && leaf.Member is null)
                {
                    waiting.Enqueue((given, target));
                }
                else if (target.IsRow && leaf.Member is null)
                {
                    waiting.Enqueue((given, given.Member is null ? target : WriteTarget.Of(null, null)));
                }
                else if (target.IsRow)
                {
                    foreach ((string? table, string? column) in target.ColumnsOf(leaf.Member))
                    {
                        waiting.Enqueue((given, WriteTarget.Of(table, column)));
                    }
                }
            }
        }
    }

    /// <summary>An origin with the methods that give it looked into; each with the outermost call by which it comes.</summary>
    private IEnumerable<(Leaf Leaf, Location? At, string? By)> Expand(Leaf leaf, Location? at, string? by, int depth)
    {
        if (leaf.Origin is not CalledValue called)
        {
            return [(leaf, at, by)];
        }

        if (depth >= Deepest || _steps++ > MostSteps)
        {
            return [];
        }

        var found = new List<(Leaf, Location?, string?)>();
        IReadOnlyList<ISymbol> givers = _implementations.Of(called.Giver);
        if (givers.Any(giver => !_facts.TryGetValue(giver, out MemberFacts? facts) || facts.Results.Count == 0))
        {
            return [];
        }

        foreach (ISymbol giver in givers)
        {
            int before = found.Count;
            foreach (Leaf result in Selected(_facts[giver].Results, called.Member))
            {
                if (leaf.Member is not null && result.Member is not null)
                {
                    continue;
                }

                string? member = leaf.Member ?? result.Member;
                IEnumerable<Leaf> inner = result.Origin is GivenValue given
                    ? given.Ordinal < called.Arguments.Count ? Selected(called.Arguments[given.Ordinal], given.Member) : []
                    : [new Leaf(null, result.Origin)];
                foreach (Leaf origin in inner.Where(origin => member is null || origin.Member is null))
                {
                    bool isPassed = result.Origin is GivenValue; // The caller takes it, the method hands it back.
                    found.AddRange(Expand(new Leaf(member ?? origin.Member, origin.Origin), isPassed ? at : at ?? called.Location, isPassed ? by : by ?? giver.Name, depth + 1));
                }
            }

            if (givers.Count > 1 && !found.Skip(before).Any(static way => way.Item1.Origin is ChangingValue))
            {
                return []; // Which of the implementations runs nobody can say.
            }
        }

        return found;
    }

    private static IReadOnlyList<Leaf> Selected(IReadOnlyList<Leaf> leaves, string? member)
    {
        if (member is null)
        {
            return leaves;
        }

        var selected = new List<Leaf>();
        Leaf.Select(leaves, member, selected);
        return selected;
    }
}

/// <summary>A value that changes from run to run and is written, by way of more members than one.</summary>
internal sealed class ChangingWrite(ChangingValue value, string? table, string? column, Location at, string? by)
{
    public ChangingValue Value { get; } = value;

    public string? Table { get; } = table;

    public string? Column { get; } = column;

    /// <summary>The call that gives the value where it is used, or the value itself where it is passed on.</summary>
    public Location At { get; } = at;

    /// <summary>The method that gives it; null where it is passed on.</summary>
    public string? By { get; } = by;
}
