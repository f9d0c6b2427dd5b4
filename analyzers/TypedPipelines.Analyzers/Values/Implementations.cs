using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What a virtual or interface call may reach in this project, where that is little enough to be looked at.</summary>
internal sealed class Implementations(Microsoft.CodeAnalysis.Compilation compilation)
{
    private const int Most = 4;

    private readonly Dictionary<ISymbol, IReadOnlyList<ISymbol>> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The members that a call of this one may run.</summary>
    public IReadOnlyList<ISymbol> Of(ISymbol member)
    {
        if (!(member.IsAbstract || member.IsVirtual || member.IsOverride) || member.ContainingType is null)
        {
            return [member];
        }

        if (!_known.TryGetValue(member, out IReadOnlyList<ISymbol>? found))
        {
            found = Find(member);
            _known.Add(member, found);
        }

        return found;
    }

    /// <summary>The members by whose calls this one may be run: itself, what it overrides, and what it implements.</summary>
    public IEnumerable<ISymbol> CalledAs(IMethodSymbol method)
    {
        yield return method;
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            yield return overridden.OriginalDefinition;
        }

        if (method.ContainingType is not { } type)
        {
            yield break;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol member in implemented.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member)?.OriginalDefinition, method) && Of(member.OriginalDefinition).Count > 0)
                {
                    yield return member.OriginalDefinition;
                }
            }
        }
    }

    private IReadOnlyList<ISymbol> Find(ISymbol member)
    {
        var found = new List<ISymbol>();
        if (!member.IsAbstract)
        {
            found.Add(member);
        }

        foreach (ISymbol candidate in compilation.GetSymbolsWithName(member.Name, SymbolFilter.Member))
        {
            if (!candidate.IsAbstract && !SymbolEqualityComparer.Default.Equals(candidate, member) && Runs(candidate, member))
            {
                found.Add(candidate.OriginalDefinition);
            }
        }

        return found.Count <= Most ? found : [];
    }

    private static bool Runs(ISymbol candidate, ISymbol member)
    {
        if (member.ContainingType.TypeKind == TypeKind.Interface)
        {
            return candidate.ContainingType?.AllInterfaces.FirstOrDefault(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType)) is { } closed
                && closed.GetMembers(member.Name).Any(of => SymbolEqualityComparer.Default.Equals(candidate.ContainingType.FindImplementationForInterfaceMember(of), candidate));
        }

        for (ISymbol? overridden = Overridden(candidate); overridden is not null; overridden = Overridden(overridden))
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, member))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };
}
