using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads all checks that a contract declares beyond those of single values: those of single rows first, in the order of the source.</summary>
internal static class TableCheckParser
{
    public static EquatableArray<TableCheckModel> Parse(INamedTypeSymbol type, List<ColumnModel> columns, IReadOnlyList<RowMember> members, Findings findings)
    {
        var checks = new List<TableCheckModel>();
        foreach (ISymbol member in type.GetMembers())
        {
            // Most members of most rows have no attribute, and this is asked at every edit.
            if (member is IMethodSymbol { IsImplicitlyDeclared: false } method && method.RuntimeAttribute("CheckAttribute") is { } attribute
                && CheckMethodParser.Parse(method, attribute, type, findings) is { } check)
            {
                checks.Add(check);
            }
        }

        checks.AddRange(new SetCheckParser(type, columns, members, findings).Parse());
        if (checks.Count == 0)
        {
            return EquatableArray<TableCheckModel>.Empty;
        }

        foreach ((TableCheckModel check, _) in checks.Repeats(static check => check.Name))
        {
            findings.Error(RuleIds.CheckOptions, type, check.Name, $"two checks of {type.Name} have this name, by which the ledger knows them; give one another with Name");
        }

        return new EquatableArray<TableCheckModel>(checks.OrderBy(static check => check.Kind == TableCheckKind.Row ? 0 : 1));
    }
}
