using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// Chooses the constructor by which generated code makes a row: of those that it can call, and whose parameters are members by name and type, the one with the
/// most. What C# requires of whoever makes the row, it must be able to give.
/// </summary>
internal static class RowConstructor
{
    public static IMethodSymbol? Choose(INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> properties, IAssemblySymbol assembly)
    {
        // Asked of every row at every edit of a declaration: without a query.
        IMethodSymbol? best = null;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (!type.IsAbstract
                && (best is null || constructor.Parameters.Length > best.Parameters.Length)
                && Access.FromAnywhere(constructor, assembly)
                && TakesMembers(type, constructor, properties))
            {
                best = constructor;
            }
        }

        return best;
    }

    private static bool TakesMembers(INamedTypeSymbol type, IMethodSymbol constructor, IReadOnlyList<IPropertySymbol> properties)
    {
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (Misfit(type, constructor, parameter, properties) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Why no constructor can be chosen, at the parameter of the one that comes nearest, where there is one.</summary>
    public static void Explain(INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> properties, ISymbol usedAt, Findings findings)
    {
        IMethodSymbol? nearest = type.IsAbstract
            ? null
            : Reachable(type, usedAt.ContainingAssembly)
                .Where(constructor => constructor.Parameters.All(parameter => Find(properties, parameter) is not null))
                .OrderByDescending(static constructor => constructor.Parameters.Length)
                .FirstOrDefault();
        if (nearest?.Parameters.Select(parameter => (parameter, why: Misfit(type, nearest, parameter, properties))).FirstOrDefault(static each => each.why is not null) is { why: { } why } misfit)
        {
            findings.Error(RuleIds.RowConstruction, misfit.parameter, type.Name, why);
        }
        else
        {
            findings.Error(RuleIds.RowConstruction, usedAt, type.Name, "it has no public constructor whose parameters all match properties by name");
        }
    }

    /// <summary>The property that a parameter sets.</summary>
    public static IPropertySymbol? Find(IReadOnlyList<IPropertySymbol> properties, IParameterSymbol parameter) =>
        Find(properties, parameter.Name, StringComparison.Ordinal) ?? Find(properties, parameter.Name, StringComparison.OrdinalIgnoreCase);

    private static IPropertySymbol? Find(IReadOnlyList<IPropertySymbol> properties, string name, StringComparison comparison)
    {
        for (int i = 0; i < properties.Count; i++)
        {
            if (string.Equals(properties[i].Name, name, comparison))
            {
                return properties[i];
            }
        }

        return null;
    }

    /// <summary>Whether the constructor promises to set what is <c>required</c>.</summary>
    public static bool SetsRequired(IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(static attribute => attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute"));

    /// <summary>The members that whoever makes a row must set, with those of the types it derives from.</summary>
    public static IEnumerable<ISymbol> Required(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (ISymbol member in at.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                {
                    yield return member;
                }
            }
        }
    }

    private static IEnumerable<IMethodSymbol> Reachable(INamedTypeSymbol type, IAssemblySymbol assembly) =>
        type.InstanceConstructors.Where(constructor => Access.FromAnywhere(constructor, assembly));

    /// <summary>Why a parameter cannot be given what the property of its name holds; null where it can.</summary>
    private static string? Misfit(INamedTypeSymbol type, IMethodSymbol constructor, IParameterSymbol parameter, IReadOnlyList<IPropertySymbol> properties)
    {
        if (Find(properties, parameter) is not { } property)
        {
            return $"no property is named like its parameter '{parameter.Name}'";
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In))
        {
            return $"its constructor takes '{parameter.Name}' by reference";
        }

        if (!Fits(parameter.Type, property.Type))
        {
            return $"its constructor takes '{parameter.Name}' as {Shown(parameter.Type)}, and the property {property.Name} is of type {Shown(property.Type)}; make them one type, or add a constructor without it";
        }

        if (property.SchemaAnnotation("NotMappedAttribute") is not null || parameter.SchemaAnnotation("NotMappedAttribute") is not null)
        {
            return $"its constructor takes '{parameter.Name}', and the property {property.Name} is [NotMapped], so there is no value for it; add a constructor without it";
        }

        return property.IsRequired && !SetsRequired(constructor)
            ? $"the property {property.Name} is required, and set by the constructor, too; add [SetsRequiredMembers] to the constructor, or a constructor without it"
            : null;
    }

    private static bool Fits(ITypeSymbol parameter, ITypeSymbol property) => SymbolEqualityComparer.Default.Equals(parameter, property)
        || (parameter is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], property));

    private static string Shown(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
