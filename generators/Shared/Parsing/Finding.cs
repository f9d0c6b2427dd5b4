using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Something wrong with a pipeline or contract: what an analyzer reports.</summary>
internal sealed class Finding(string ruleId, Location? location, INamedTypeSymbol? contract, params object[] arguments)
{
    public string RuleId { get; } = ruleId;

    /// <summary>Where; null where the compiler says it already.</summary>
    public Location? Location { get; } = location;

    /// <summary>The row contract that is wrong by itself, whichever pipeline loads it; null for what is wrong with a pipeline.</summary>
    public INamedTypeSymbol? Contract { get; } = contract;

    public object[] Arguments { get; } = arguments;
}

/// <summary>
/// Collects what is wrong while a pipeline is parsed. The generator asks only whether anything is; the analyzers ask for
/// everything, so the two can never disagree about what is valid.
/// </summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether something was found with which no code can be generated.</summary>
    public bool Broken => Errors > 0;

    /// <summary>How many of them.</summary>
    public int Errors { get; private set; }

    /// <summary>The row contract being read, where one is: what is found meanwhile is wrong with it.</summary>
    public INamedTypeSymbol? Contract { get; set; }

    /// <summary>The project that generated code is part of, while a contract is read.</summary>
    public IAssemblySymbol? Project { get; set; }

    public void Error(string ruleId, ISymbol? at, params object[] arguments) => Error(ruleId, At(at), arguments);

    /// <summary>Something wrong with an attribute; nothing to report where the compiler cannot make sense of it either.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="owner">What carries it: the place to report at where the attribute's own source is elsewhere.</param>
    /// <param name="arguments">What the message says.</param>
    public void Error(string ruleId, AttributeData attribute, ISymbol owner, params object[] arguments) =>
        Error(ruleId, attribute.IsMalformed() ? null : attribute.Location() ?? At(owner), arguments);

    /// <summary>Something wrong with an attribute's argument, which is where it is reported.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">Where the argument is written.</param>
    /// <param name="owner">What carries the attribute: the place to report at where its own source is elsewhere.</param>
    /// <param name="arguments">What the message says.</param>
    public void ErrorIn(string ruleId, AttributeData attribute, Location? argument, ISymbol owner, params object[] arguments) =>
        Error(ruleId, attribute.IsMalformed() ? null : argument ?? At(owner), arguments);

    public void Error(string ruleId, Location? at, params object[] arguments)
    {
        Errors++;
        _all.Add(new Finding(ruleId, at, Contract, arguments));
    }

    public void Warning(string ruleId, ISymbol? at, params object[] arguments) => _all.Add(new Finding(ruleId, At(at), Contract, arguments));

    public void Warning(string ruleId, Location? at, params object[] arguments) => _all.Add(new Finding(ruleId, at, Contract, arguments));

    /// <summary>Something to mend in an attribute with which code can be generated.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="owner">What carries it: the place to report at where the attribute's own source is elsewhere.</param>
    /// <param name="arguments">What the message says.</param>
    public void Warning(string ruleId, AttributeData attribute, ISymbol owner, params object[] arguments) =>
        _all.Add(new Finding(ruleId, attribute.IsMalformed() ? null : attribute.Location() ?? At(owner), Contract, arguments));

    private static Location? At(ISymbol? symbol) => symbol is { Locations.Length: > 0 } ? symbol.Locations[0] : null;
}
