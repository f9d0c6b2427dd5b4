using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.Values;

/// <summary>Where a value comes from. It keeps no operation and no syntax tree but by a location.</summary>
internal abstract class Origin;

/// <summary>A value that is another one on the next run.</summary>
internal sealed class ChangingValue(string api, string instead, RunDependence kind, Location location) : Origin
{
    public string Api { get; } = api;

    public string Instead { get; } = instead;

    public RunDependence Kind { get; } = kind;

    public Location Location { get; } = location;
}

/// <summary>A parameter, or a member of what is passed for it.</summary>
internal sealed class GivenValue(IMethodSymbol method, int ordinal, string? member) : Origin
{
    public IMethodSymbol Method { get; } = method;

    public int Ordinal { get; } = ordinal;

    public string? Member { get; } = member;
}

/// <summary>What a method, property or field of the project gives, or a member of it.</summary>
internal sealed class CalledValue(ISymbol giver, string? member, IReadOnlyList<IReadOnlyList<Leaf>> arguments, Location location) : Origin
{
    public ISymbol Giver { get; } = giver;

    public string? Member { get; } = member;

    /// <summary>What its parameters get, by their order.</summary>
    public IReadOnlyList<IReadOnlyList<Leaf>> Arguments { get; } = arguments;

    public Location Location { get; } = location;
}

/// <summary>An origin of a value, or of one member of it: of an object, or of each element of a collection.</summary>
internal readonly struct Leaf(string? member, Origin origin)
{
    /// <summary>Null for the value itself.</summary>
    public string? Member { get; } = member;

    public Origin Origin { get; } = origin;

    /// <summary>What a member has of what its object has.</summary>
    public static void Select(IEnumerable<Leaf> whole, string name, List<Leaf> into)
    {
        foreach (Leaf leaf in whole)
        {
            if (leaf.Member is not null)
            {
                if (string.Equals(leaf.Member, name, System.StringComparison.OrdinalIgnoreCase))
                {
                    into.Add(new Leaf(null, leaf.Origin));
                }
            }
            else if (leaf.Origin is GivenValue { Member: null } given)
            {
                into.Add(new Leaf(null, new GivenValue(given.Method, given.Ordinal, name)));
            }
            else if (leaf.Origin is CalledValue { Member: null } called)
            {
                into.Add(new Leaf(null, new CalledValue(called.Giver, name, called.Arguments, called.Location)));
            }
        }
    }
}
