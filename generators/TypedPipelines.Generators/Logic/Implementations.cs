using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>What may run where a member is called that can be overridden: all that this compilation knows.</summary>
internal sealed class Implementations(Microsoft.CodeAnalysis.Compilation compilation)
{
    private List<INamedTypeSymbol>? _types;

    private List<INamedTypeSymbol> All => _types ??= [.. TypesOf(compilation.Assembly.GlobalNamespace)];

    /// <summary>The members of this compilation that override or implement a member.</summary>
    public IEnumerable<ISymbol> Of(ISymbol member)
    {
        if (member.ContainingType.TypeKind == TypeKind.Interface)
        {
            return All
                .Where(type => type.TypeKind != TypeKind.Interface && type.AllInterfaces.Any(other => Same(other.OriginalDefinition, member.ContainingType)))
                .SelectMany(type => type.AllInterfaces.Where(other => Same(other.OriginalDefinition, member.ContainingType)).SelectMany(other => other.GetMembers(member.Name))
                    .Where(other => Same(other.OriginalDefinition, member))
                    .Select(type.FindImplementationForInterfaceMember))
                .OfType<ISymbol>();
        }

        return member.IsAbstract || member.IsVirtual || member.IsOverride
            ? All.SelectMany(type => type.GetMembers(member.Name)).Where(other => Overrides(other, member))
            : [];
    }

    /// <summary>Members of a type that other code calls without naming them: what overrides and implements members from outside of this compilation.</summary>
    public IEnumerable<ISymbol> CalledBehindTheScenes(INamedTypeSymbol type)
    {
        IEnumerable<ISymbol> overriding = type.GetMembers().Where(member => member.IsOverride && !member.IsImplicitlyDeclared);
        IEnumerable<ISymbol> implementing = type.TypeKind == TypeKind.Interface ? [] : type.AllInterfaces
            .Where(@interface => !Same(@interface.ContainingAssembly, compilation.Assembly))
            .SelectMany(static @interface => @interface.GetMembers())
            .Select(type.FindImplementationForInterfaceMember)
            .OfType<ISymbol>()
            .Where(member => Same(member.ContainingAssembly, compilation.Assembly) && !member.IsImplicitlyDeclared);
        return overriding.Concat(implementing);
    }

    /// <summary>The classes of this compilation whose objects can stand for a type.</summary>
    public IEnumerable<INamedTypeSymbol> Types(ITypeSymbol type) => type.TypeKind is TypeKind.Class or TypeKind.Interface && type.SpecialType == SpecialType.None
        ? All.Where(candidate => candidate.TypeKind == TypeKind.Class && !candidate.IsStatic && (Derives(candidate, type) || candidate.AllInterfaces.Any(other => IsOf(other, type))))
        : [];

    private static bool Derives(INamedTypeSymbol candidate, ITypeSymbol type)
    {
        for (INamedTypeSymbol? above = candidate; above is not null; above = above.BaseType)
        {
            if (IsOf(above, type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(ITypeSymbol candidate, ITypeSymbol type) => Same(candidate.OriginalDefinition, type.OriginalDefinition);

    private static bool Overrides(ISymbol other, ISymbol member)
    {
        for (ISymbol? overridden = Overridden(other); overridden is not null; overridden = Overridden(overridden))
        {
            if (Same(overridden.OriginalDefinition, member))
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
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (INamedTypeSymbol nested in TypesOf(inner))
                {
                    yield return nested;
                }
            }
        }
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
