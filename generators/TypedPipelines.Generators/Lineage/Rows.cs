using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Row types, and what is none.</summary>
internal static class Rows
{
    private const int MostNested = 4;

    /// <summary>Whether a type is a value to rows, such as a date, and its members are not theirs.</summary>
    public static bool IsFromFramework(ITypeSymbol type)
    {
        if (!type.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        INamespaceSymbol? outermost = type.ContainingNamespace;
        while (outermost is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            outermost = outermost.ContainingNamespace;
        }

        return type.SpecialType != SpecialType.None || outermost is { IsGlobalNamespace: false, Name: "System" or "Microsoft" };
    }

    /// <summary>Whether an object of a type can be changed by whoever is given it.</summary>
    public static bool CanChange(ITypeSymbol type, int depth = 0)
    {
        if (type.SpecialType == SpecialType.System_String || type.TypeKind is TypeKind.Enum or TypeKind.Delegate || (type.IsValueType && depth == 0))
        {
            return false;
        }

        if (type is not INamedTypeSymbol named || type.DeclaringSyntaxReferences.IsEmpty || depth >= MostNested)
        {
            // Values of the framework do not change, but its collections do.
            return type is IArrayTypeSymbol or ITypeParameterSymbol || !type.IsValueType && !type.Name.StartsWith("IReadOnly", System.StringComparison.Ordinal) && !type.Name.StartsWith("Immutable", System.StringComparison.Ordinal) && type.Name != "IEnumerable";
        }

        for (INamedTypeSymbol? one = named; one is { SpecialType: SpecialType.None }; one = one.BaseType)
        {
            foreach (ISymbol member in one.GetMembers())
            {
                if (!member.IsStatic && member is IFieldSymbol field && ((!field.IsReadOnly && !field.IsConst) || CanChange(field.Type, depth + 1))
                    && field.AssociatedSymbol is not IPropertySymbol { SetMethod.IsInitOnly: true })
                {
                    return true;
                }
            }
        }

        return named.TypeKind == TypeKind.Interface;
    }

    /// <summary>The members that hold a row's values.</summary>
    public static IEnumerable<IPropertySymbol> MembersOf(ITypeSymbol row)
    {
        var names = new HashSet<string>();
        for (ITypeSymbol? type = row; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null }
                    && property.Name != "EqualityContract" && names.Add(property.Name))
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>Where each member of a row comes from; of a member that is itself made of members, where those do.</summary>
    public static IEnumerable<(string Member, IReadOnlyList<Origin> Origins)> Describe(ITypeSymbol row, Flow flow, string path = "", int depth = 0)
    {
        foreach (IPropertySymbol property in MembersOf(row))
        {
            string name = path + property.Name;
            Flow member = flow.Member(property.Name);
            if (!member.Members.IsEmpty && member.Element is null && !IsFromFramework(property.Type) && depth < MostNested)
            {
                foreach ((string, IReadOnlyList<Origin>) nested in Describe(property.Type, member, name + ".", depth + 1))
                {
                    yield return nested;
                }
            }
            else
            {
                yield return (name, Ordered(ValueOrigins(member)));
            }
        }
    }

    public static IReadOnlyList<Origin> Ordered(IEnumerable<Origin> origins) =>
    [
        .. origins.Distinct()
            .GroupBy(static origin => (origin.From, origin.IsTable, origin.Path, Decides: origin.Kind == OriginKind.Filter))
            .Select(static same => same.OrderByDescending(static origin => origin.Kind).First())
            .OrderBy(static origin => origin.Kind == OriginKind.Filter)
            .ThenBy(static origin => origin.From, System.StringComparer.Ordinal)
            .ThenBy(static origin => origin.Path, System.StringComparer.Ordinal),
    ];

    private static IEnumerable<Origin> ValueOrigins(Flow member)
    {
        Flow all = member.Element is null && member.Members.IsEmpty ? member : member.As(OriginKind.Expression);
        return all.Origins.Select(origin => member.MayBeNull ? origin.As(OriginKind.Expression) : origin).Concat(all.Conditions);
    }
}
