using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>A property of a row type, with the attributes of the constructor parameter that sets it, where one does.</summary>
internal sealed class RowMember(IPropertySymbol property, IParameterSymbol? parameter)
{
    private readonly ImmutableArray<AttributeData> _attributes = parameter is null || parameter.GetAttributes().IsEmpty
        ? property.GetAttributes()
        : property.GetAttributes().AddRange(parameter.GetAttributes());

    public IPropertySymbol Property { get; } = property;

    public string Name => Property.Name;

    public bool Nullable => Property.Type.NullableAnnotation == NullableAnnotation.Annotated
        || (Property.Type.IsReferenceType && Property.Type.NullableAnnotation == NullableAnnotation.None);

    /// <summary>The type without its null-ness.</summary>
    public ITypeSymbol Type => Property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0]
        : Property.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    /// <summary>All attributes of the member, wherever they were written.</summary>
    public ImmutableArray<AttributeData> Attributes => _attributes;

    public AttributeData? RuntimeAttribute(string name) => _attributes.RuntimeAttribute(name);

    public AttributeData? Annotation(string name) => _attributes.Annotation(name);

    public AttributeData? SchemaAnnotation(string name) => _attributes.SchemaAnnotation(name);

    /// <summary>The name in databases and file headers.</summary>
    public string ColumnName => SchemaAnnotation("ColumnAttribute")?.Argument(0) as string ?? Symbols.SnakeCase(Name);
}

/// <summary>Reads a row type: its members in order, and how one is made.</summary>
internal static class RowParser
{
    public static (RowModel? Row, IReadOnlyList<RowMember> Members) Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        if (!IsVisible(type))
        {
            findings.Error(RuleIds.RowConstruction, usedAt, type.Name, "generated code cannot see it: make it, and the types around it, public or internal");
            return (null, []);
        }

        List<IPropertySymbol> properties = Properties(type);
        IMethodSymbol? constructor = ChooseConstructor(type, properties);
        if (constructor is null)
        {
            findings.Error(RuleIds.RowConstruction, usedAt, type.Name, "it has no public constructor whose parameters all match properties by name");
            return (null, []);
        }

        // Members that the constructor sets come first, in its order; so a positional record keeps the order it is written in.
        var members = new List<RowMember>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            members.Add(new RowMember(properties.First(property => SameName(property, parameter)), parameter));
        }

        string[] constructed = [.. members.Select(member => member.Name)];
        foreach (IPropertySymbol property in properties)
        {
            if (!constructed.Contains(property.Name))
            {
                if (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal })
                {
                    continue; // Computed from the others: neither loaded nor read.
                }

                members.Add(new RowMember(property, null));
            }
        }

        members.RemoveAll(member => member.SchemaAnnotation("NotMappedAttribute") is not null && !constructed.Contains(member.Name));
        var row = new RowModel(
            type.SourceName(),
            NestedName(type),
            type.ContainingNamespace.NamespaceName(),
            type.IsReferenceType,
            type.DeclaredAccessibility == Accessibility.Public,
            new EquatableArray<string>(constructed))
        {
            IsMutable = IsMutable(type),
        };
        return (row, members);
    }

    /// <summary>Whether an object of the type can become another row: then it must not stand for two.</summary>
    public static bool IsMutable(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is { IsReferenceType: true, SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (ISymbol member in at.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, SetMethod: { IsInitOnly: false } } or IFieldSymbol { IsStatic: false, IsReadOnly: false, IsImplicitlyDeclared: false })
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether generated code can name the type.</summary>
    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (at.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal) || at.IsFileLocal || at.IsGenericType)
            {
                return false;
            }
        }

        return true;
    }

    public static TypeName NameOf(INamedTypeSymbol type) => new(type.SourceName(), NestedName(type), type.ContainingNamespace.NamespaceName());

    private static string NestedName(INamedTypeSymbol type) => type.ContainingType is null ? type.Name : NestedName(type.ContainingType) + type.Name;

    private static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            chain.Push(at);
        }

        var properties = new List<IPropertySymbol>();
        foreach (INamedTypeSymbol at in chain)
        {
            foreach (ISymbol member in at.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property
                    && property.Name != "EqualityContract")
                {
                    properties.RemoveAll(hidden => hidden.Name == property.Name);
                    properties.Add(property);
                }
            }
        }

        return properties;
    }

    /// <summary>The public constructor with the most parameters, all of which name a property; a record's copy constructor is none.</summary>
    private static IMethodSymbol? ChooseConstructor(INamedTypeSymbol type, List<IPropertySymbol> properties)
    {
        IMethodSymbol? best = null;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
                && constructor.Parameters.All(parameter => properties.Exists(property => SameName(property, parameter)))
                && (best is null || constructor.Parameters.Length > best.Parameters.Length))
            {
                best = constructor;
            }
        }

        return type.IsAbstract ? null : best;
    }

    private static bool SameName(IPropertySymbol property, IParameterSymbol parameter) =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase);
}
