using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>The variables of one call of a method, which the functions inside it see, too.</summary>
internal sealed class Frame(Flow receiver)
{
    private readonly Dictionary<ISymbol, Flow> _variables = new(SymbolEqualityComparer.Default);

    /// <summary>What the method is called on, with what has been assigned to its members.</summary>
    public Flow This { get; set; } = receiver;

    public Flow Get(ISymbol variable) => _variables.TryGetValue(variable, out Flow? flow) ? flow : Flow.Nothing;

    /// <summary>Declares a variable, or assigns one for certain.</summary>
    public void Set(ISymbol variable, Flow flow) => _variables[variable] = flow;

    /// <summary>Assigns a variable that may also keep what it has.</summary>
    public void Merge(ISymbol variable, Flow flow) => _variables[variable] = _variables.TryGetValue(variable, out Flow? before) ? before.Join(flow) : flow;

    /// <summary>Adds to what is in a variable.</summary>
    public void Add(ISymbol variable, Flow flow) => _variables[variable] = Get(variable).Join(flow, sameValue: true);
}
