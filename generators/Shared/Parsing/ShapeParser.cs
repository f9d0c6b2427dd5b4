using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>What can be wrong with a row type as a whole, whatever its columns are.</summary>
internal static class ShapeParser
{
    /// <summary>Databases tell names apart by more than case only where they are quoted, and then nobody reading a query does.</summary>
    public static void RequireOwnColumns(IReadOnlyList<RowMember> members, Findings findings)
    {
        foreach ((RowMember member, RowMember before) in members.Repeats(static member => member.ColumnName))
        {
            findings.Error(RuleIds.ColumnTaken, member.Property, before.Name, member.Name, member.ColumnName, before.ColumnName == member.ColumnName ? "" : ": databases ignore case");
        }
    }

    /// <summary>SQLite's tables have a row id, under whichever of its names no column has.</summary>
    public static void RequireRowId(IReadOnlyList<RowMember> members, Findings findings)
    {
        RowMember[] hiding = [.. members.Where(member => member.ColumnName.ToUpperInvariant() is "ROWID" or "OID" or "_ROWID_")];
        if (hiding.Length > 2)
        {
            findings.Error(RuleIds.ColumnTaken, hiding[2].Property, "SQLite's row id", hiding[2].Name, hiding[2].ColumnName, ": rowid, oid and _rowid_ are its names, and one of them is needed");
        }
    }

    /// <summary>In a header, case and what joins words do not matter.</summary>
    public static void RequireOwnFields(IReadOnlyList<RowMember> members, Findings findings)
    {
        foreach ((RowMember member, RowMember before) in members.Repeats(static member => string.Concat(member.ColumnName.Where(c => c is not ('_' or ' ' or '-')))))
        {
            findings.Error(RuleIds.ColumnTaken, member.Property, before.Name, member.Name, member.ColumnName, " of the file, where case, underscores, spaces and hyphens do not matter");
        }
    }

    public static void RequireOneStrategy(INamedTypeSymbol type, Findings findings)
    {
        AttributeData[] strategies = [.. type.GetAttributes().Where(ContractParser.IsStrategy)];
        foreach (AttributeData further in strategies.Skip(1))
        {
            findings.Error(RuleIds.OneStrategy, further, type, type.Name, strategies.Length, string.Join(", ", strategies.Select(strategy => $"[{strategy.ShortName()}]")));
        }
    }

    /// <summary>What is generated for a row goes into namespaces and types, whose names must be free.</summary>
    /// <param name="type">The row type.</param>
    /// <param name="kind">What the name of its generated class ends in.</param>
    /// <param name="usedAt">What asks for it.</param>
    /// <param name="findings">What is wrong.</param>
    public static void RequireGeneratedName(INamedTypeSymbol type, string kind, ISymbol usedAt, Findings findings)
    {
        TypeName name = RowParser.NameOf(type);
        INamespaceSymbol containing = type.ContainingNamespace;
        string shown = containing.NamespaceName();
        IEnumerable<string> namespaces = name.GeneratedNamespace.Substring(shown.Length == 0 ? 0 : shown.Length + 1).Split('.');
        foreach (string part in namespaces)
        {
            shown += shown.Length == 0 ? part : "." + part;
            if (containing.GetTypeMembers(part, arity: 0).Length > 0)
            {
                findings.Error(RuleIds.GeneratedName, usedAt, type.Name, shown);
                return;
            }

            if (containing.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part) is not { } next)
            {
                return;
            }

            containing = next;
        }

        if (containing.GetMembers(name.GeneratedClass(kind)).Any(static member => member is INamespaceSymbol or INamedTypeSymbol { Arity: 0 } && !IsGenerated(member)))
        {
            findings.Error(RuleIds.GeneratedName, usedAt, type.Name, $"{shown}.{name.GeneratedClass(kind)}");
        }
    }

    // The analyzers see what the generator has written.
    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(static attribute =>
        attribute.AttributeClass.Is("System.CodeDom.Compiler", "GeneratedCodeAttribute") && attribute.Argument(0) as string == KnownNames.Namespace)
        && member.RuntimeAttribute("PipelineAttribute") is null;
}
