using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the row type of a CSV source.</summary>
internal static class CsvParser
{
    public static CsvModel? Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        (RowModel? row, IReadOnlyList<RowMember> members) = RowParser.Parse(type, usedAt, findings);
        if (row is null)
        {
            return null;
        }

        ShapeParser.RequireGeneratedName(type, TypeName.Csv, usedAt, findings);
        ShapeParser.RequireOwnFields(members, findings);
        var fields = new List<CsvFieldModel>();
        foreach (RowMember member in members)
        {
            ColumnKind? kind = ColumnParser.KindOf(member.Type);
            if (kind is null or ColumnKind.Bytes)
            {
                findings.Error(RuleIds.ColumnType, member.Property, member.Name, member.Type.ToDisplayString());
                continue;
            }

            string? format = FormatParser.Parse(member, kind.Value, findings);
            bool takesFormat = kind is ColumnKind.Date or ColumnKind.Time or ColumnKind.Instant;
            fields.Add(new CsvFieldModel(
                member.ColumnName,
                member.Name,
                member.Type.SourceName(),
                member.Nullable,
                member.Type.TypeKind == TypeKind.Enum,
                takesFormat,
                takesFormat ? format : null) { TakesNull = member.TakesNull });
        }

        return new CsvModel(row, new EquatableArray<CsvFieldModel>(fields));
    }
}
