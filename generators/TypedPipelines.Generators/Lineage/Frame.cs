using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>The variables of one call of a method, which the functions inside it see, too.</summary>
internal sealed class Frame(Flow receiver)
{
    private readonly Dictionary<ISymbol, Flow> _variables = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, ImmutableArray<IOperation>> _references = new(SymbolEqualityComparer.Default);

    /// <summary>What the method is called on, with what has been assigned to its members.</summary>
    public Flow This { get; set; } = receiver;

    public Flow Get(ISymbol variable) => _variables.TryGetValue(variable, out Flow? flow) ? flow : Flow.Nothing;

    public bool Has(ISymbol variable) => _variables.ContainsKey(variable);

    /// <summary>Declares a variable, or assigns one for certain.</summary>
    public void Set(ISymbol variable, Flow flow) => _variables[variable] = flow;

    /// <summary>Assigns a variable that may also keep what it has.</summary>
    public void Merge(ISymbol variable, Flow flow) => _variables[variable] = _variables.TryGetValue(variable, out Flow? before) ? before.Join(flow) : flow;

    /// <summary>Says that a variable is another place, or may be that as well.</summary>
    public void Refer(ISymbol variable, IOperation place)
    {
        // Not through another such variable: two of them could lead to each other for ever.
        ImmutableArray<IOperation> places = place is ILocalReferenceOperation local && !PlacesOf(local.Local).IsEmpty ? PlacesOf(local.Local) : [place];
        _references[variable] = [.. PlacesOf(variable).Union(places)];
    }

    /// <summary>The places that a variable can be; none where it is its own.</summary>
    public ImmutableArray<IOperation> PlacesOf(ISymbol variable) => _references.TryGetValue(variable, out ImmutableArray<IOperation> places) ? places : [];

    /// <summary>What the variables have now.</summary>
    public Frame Copy()
    {
        var copy = new Frame(This);
        foreach (KeyValuePair<ISymbol, Flow> variable in _variables)
        {
            copy._variables.Add(variable.Key, variable.Value);
        }

        return copy;
    }

    /// <summary>Whether the variables have what they had.</summary>
    /// <param name="before">What they had.</param>
    /// <param name="counts">The variables that are compared; null for all.</param>
    /// <param name="withThis">Whether what the method is called on is compared, too.</param>
    public bool IsAs(Frame before, Func<ISymbol, bool>? counts = null, bool withThis = true)
    {
        foreach (KeyValuePair<ISymbol, Flow> variable in _variables)
        {
            if (!(before._variables.TryGetValue(variable.Key, out Flow? had) ? had : Flow.Nothing).HasSame(variable.Value) && (counts is null || counts(variable.Key)))
            {
                return false;
            }
        }

        return !withThis || before.This.HasSame(This);
    }

    /// <summary>Changes objects wherever they are.</summary>
    public void Touch(ImmutableHashSet<int> tokens, Func<Flow, Flow> change) => Change(flow => flow.Touch(tokens, change));

    /// <summary>Changes all that is here.</summary>
    public void Change(Func<Flow, Flow> change)
    {
        This = change(This);
        foreach (ISymbol variable in _variables.Keys.ToArray())
        {
            _variables[variable] = change(_variables[variable]);
        }
    }
}
