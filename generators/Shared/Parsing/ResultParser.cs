using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the row type of a SQL step whose rows have no table: columns that are only read, and hold what the statement gives.</summary>
internal static class ResultParser
{
    public static ResultModel? Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        (RowModel? row, IReadOnlyList<RowMember> members) = RowParser.Parse(type, usedAt, findings);
        if (row is null)
        {
            return null;
        }

        ShapeParser.RequireGeneratedName(type, TypeName.Result, usedAt, findings);
        ShapeParser.RequireOwnColumns(members, findings);
        var columns = new List<ColumnModel>();
        foreach (RowMember member in members)
        {
            if (ColumnParser.ParseRead(member, findings) is { } column)
            {
                columns.Add(column);
            }
        }

        return new ResultModel(row, new EquatableArray<ColumnModel>(columns));
    }
}
