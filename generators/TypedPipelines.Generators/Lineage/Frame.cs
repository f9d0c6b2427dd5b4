using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>The variables of one call of a method, which the functions inside it see, too.</summary>
internal sealed class Frame(Flow receiver)
{
    private readonly Dictionary<ISymbol, Flow> _variables = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, IOperation> _references = new(SymbolEqualityComparer.Default);

    /// <summary>What the method is called on, with what has been assigned to its members.</summary>
    public Flow This { get; set; } = receiver;

    public Flow Get(ISymbol variable) => _variables.TryGetValue(variable, out Flow? flow) ? flow : Flow.Nothing;

    public bool Has(ISymbol variable) => _variables.ContainsKey(variable);

    /// <summary>Declares a variable, or assigns one for certain.</summary>
    public void Set(ISymbol variable, Flow flow) => _variables[variable] = flow;

    /// <summary>Assigns a variable that may also keep what it has.</summary>
    public void Merge(ISymbol variable, Flow flow) => _variables[variable] = _variables.TryGetValue(variable, out Flow? before) ? before.Join(flow) : flow;

    /// <summary>Declares a variable that is another place.</summary>
    public void Refer(ISymbol variable, IOperation place) => _references[variable] = place;

    /// <summary>The place that a variable is; null where it is its own.</summary>
    public IOperation? PlaceOf(ISymbol variable) => _references.TryGetValue(variable, out IOperation? place) ? place : null;

    /// <summary>Changes objects wherever they are.</summary>
    public void Touch(ImmutableHashSet<int> tokens, Func<Flow, Flow> change)
    {
        This = This.Touch(tokens, change);
        foreach (ISymbol variable in _variables.Keys.ToArray())
        {
            _variables[variable] = _variables[variable].Touch(tokens, change);
        }
    }
}
