using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads how many digits a decimal column holds: by our attribute, EF Core's, or the BCL's <c>[Column(TypeName = "decimal(10,2)")]</c>.</summary>
internal static class DigitsParser
{
    // Databases hold more; a decimal of the CLR does not.
    private const int Most = 28;

    public static (int? Precision, int? Scale) Parse(RowMember member, ColumnKind kind, Findings findings)
    {
        AttributeData? ours = member.Find(symbol => symbol.RuntimeAttribute("PrecisionAttribute"));
        if (kind != ColumnKind.Decimal)
        {
            if (ours is not null)
            {
                findings.Error(RuleIds.Unsatisfiable, ours, member.Property, member.Name, $"[Precision] counts the digits of a decimal, and this is of type {member.Type.ToDisplayString()}");
            }

            return (null, null);
        }

        AttributeData? declared = ours ?? member.Attributes.FirstOrDefault(attribute => attribute.AttributeClass.Is("Microsoft.EntityFrameworkCore", "PrecisionAttribute"));
        (int Precision, int Scale)? digits = declared?.Argument(0) is int precision ? (precision, declared.Argument(1) as int? ?? 0) : null;
        if (digits is null)
        {
            declared = member.Find(symbol => symbol.SchemaAnnotation("ColumnAttribute"));
            digits = OfType(declared?.Named<string>("TypeName"));
        }

        if (digits is not { } found)
        {
            return (null, null);
        }

        if (found.Precision is < 1 or > Most || found.Scale < 0 || found.Scale > found.Precision)
        {
            findings.Error(
                RuleIds.Unsatisfiable, declared!, member.Property, member.Name, $"a decimal has 1 to {Most} digits, of which none to all stand after the point, and not {found.Precision} with {found.Scale} after it");
        }

        return found;
    }

    private static (int Precision, int Scale)? OfType(string? name)
    {
        if (name is null || name.IndexOf('(') is not > 0 || !name.EndsWith(")", StringComparison.Ordinal))
        {
            return null;
        }

        int open = name.IndexOf('(');
        string[] parts = name.Substring(open + 1, name.Length - open - 2).Split(',');
        int scale = 0;
        return int.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int precision)
            && (parts.Length == 1 || int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out scale))
            ? (precision, scale)
            : null;
    }
}
