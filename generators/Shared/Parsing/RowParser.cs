using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads a row type: its members in order, and how one is made.</summary>
internal static class RowParser
{
    public static (RowModel? Row, IReadOnlyList<RowMember> Members) Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        if (!IsVisible(type, usedAt.ContainingAssembly))
        {
            findings.Error(RuleIds.RowConstruction, usedAt, type.Name, GenericForms.WhyNoRow(type) ?? "generated code cannot see it: make it, and the types around it, public or internal");
            return (null, []);
        }

        List<IPropertySymbol> properties = Properties(type);
        IMethodSymbol? constructor = RowConstructor.Choose(type, properties, usedAt.ContainingAssembly);
        if (constructor is null)
        {
            RowConstructor.Explain(type, properties, usedAt, findings);
            return (null, []);
        }

        // Members that the constructor sets come first, in its order; so a positional record keeps the order it is written in.
        var members = new List<RowMember>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            members.Add(new RowMember(RowConstructor.Find(properties, parameter)!, parameter));
        }

        string[] constructed = [.. members.Select(member => member.Name)];
        foreach (IPropertySymbol property in properties)
        {
            // What is only read is computed from the others: neither loaded nor read.
            if (!constructed.Contains(property.Name) && Navigation.IsColumn(property))
            {
                members.Add(new RowMember(property, null));
            }
        }

        if (IsAmbiguous(type, constructor) || members.Exists(static member => member.Property.ContainingType.GetMembers(member.Name).Length > 1))
        {
            findings.Error(RuleIds.RowConstruction, (Location?)null, type.Name, "it declares one name twice"); // The compiler says so already.
            return (null, []);
        }

        if (members.Count == 0)
        {
            findings.Error(RuleIds.RowConstruction, usedAt, type.Name, "it has no property that is a column: one that a constructor or an initialiser sets");
            return (null, []);
        }

        RequireAccess(type, members, constructed, usedAt.ContainingAssembly, findings);
        RequireNames(type, members, usedAt.ContainingAssembly, findings);
        RequireRequired(type, constructor, members, findings);
        var row = new RowModel(
            type.SourceName(),
            NestedName(type),
            type.ContainingNamespace.NamespaceName(),
            type.IsReferenceType,
            type.DeclaredAccessibility == Accessibility.Public,
            new EquatableArray<string>(constructed))
        {
            IsMutable = IsMutable(type),
            Obsolete = Obsolescence.Of([type, constructor, .. members.SelectMany(static member => new ISymbol[] { member.Property, member.Type })]),
        };
        return (row, members);
    }

    /// <summary>Whether a constructor is declared twice, so that no call means one of them.</summary>
    private static bool IsAmbiguous(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        // Asked of every row at every edit: without a query, and without the parameters of those that the compiler adds.
        foreach (ISymbol member in type.GetMembers(WellKnownMemberNames.InstanceConstructorName))
        {
            if (member is IMethodSymbol { IsImplicitlyDeclared: false } other && !ReferenceEquals(other, constructor) && TakesTheSame(other, constructor))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesTheSame(IMethodSymbol one, IMethodSymbol other)
    {
        if (one.Parameters.Length != other.Parameters.Length)
        {
            return false;
        }

        for (int i = 0; i < one.Parameters.Length; i++)
        {
            if (one.Parameters[i].RefKind != other.Parameters[i].RefKind || !SymbolEqualityComparer.Default.Equals(one.Parameters[i].Type, other.Parameters[i].Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A column that were left out because nobody can set it would be missed late.</summary>
    private static void RequireAccess(INamedTypeSymbol type, List<RowMember> members, string[] constructed, IAssemblySymbol assembly, Findings findings)
    {
        foreach (RowMember member in members)
        {
            if (!Access.FromAnywhere(member.Property.GetMethod!, assembly))
            {
                findings.Error(RuleIds.RowConstruction, member.Property, type.Name, $"generated code cannot read {member.Name}; make its getter public, or mark it [NotMapped]");
            }
            else if (!constructed.Contains(member.Name) && !Access.FromAnywhere(member.Property.SetMethod!, assembly))
            {
                findings.Error(
                    RuleIds.RowConstruction, member.Property, type.Name, $"generated code cannot set {member.Name}; make its setter public, or a parameter of the constructor, or mark it [NotMapped]");
            }
        }
    }

    /// <summary>Of the types that columns have, enums alone are somebody's own.</summary>
    private static void RequireNames(INamedTypeSymbol type, List<RowMember> members, IAssemblySymbol assembly, Findings findings)
    {
        foreach (RowMember member in members)
        {
            if (member.Type.TypeKind == TypeKind.Enum && Nameable.WhyHidden(member.Type, assembly) is { } hidden)
            {
                findings.Error(RuleIds.RowConstruction, member.Property, type.Name, hidden);
            }
        }
    }

    private static void RequireRequired(INamedTypeSymbol type, IMethodSymbol constructor, List<RowMember> members, Findings findings)
    {
        if (RowConstructor.SetsRequired(constructor))
        {
            return;
        }

        foreach (ISymbol required in RowConstructor.Required(type).Where(required => !members.Exists(member => member.Name == required.Name)))
        {
            findings.Error(RuleIds.RowConstruction, required, type.Name, $"{required.Name} is required, and no column; leave out 'required'{(required is IFieldSymbol ? ", or make it a property" : "")}");
        }
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
    private static bool IsVisible(INamedTypeSymbol type, IAssemblySymbol assembly) => Access.FromAnywhere(type, assembly) && !type.IsGenericType;

    public static TypeName NameOf(INamedTypeSymbol type) => new(type.SourceName(), NestedName(type), type.ContainingNamespace.NamespaceName());

    private static string NestedName(INamedTypeSymbol type) => type.ContainingType is null ? type.Name : NestedName(type.ContainingType) + type.Name;

    /// <summary>A method or a static member hides a property that is inherited.</summary>
    private static void Hide(List<IPropertySymbol> properties, INamedTypeSymbol by, string name) =>
        properties.RemoveAll(hidden => hidden.Name == name && !ReferenceEquals(hidden.ContainingType, by));

    /// <summary>The properties of a row type, with those that it inherits.</summary>
    public static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            chain.Push(at);
        }

        var properties = new List<IPropertySymbol>();
        foreach (INamedTypeSymbol at in chain)
        {
            bool hasInherited = properties.Count > 0;
            foreach (ISymbol member in at.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property
                    && property.Name != "EqualityContract")
                {
                    if (hasInherited)
                    {
                        Hide(properties, at, property.Name);
                    }

                    properties.Add(property);
                }
                else if (hasInherited && member.DeclaredAccessibility != Accessibility.Private)
                {
                    Hide(properties, at, member.Name);
                }
            }
        }

        return properties;
    }
}
