using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads how many digits a decimal column holds: by our attribute, EF Core's, or the BCL's <c>[Column(TypeName = "decimal(10,2)")]</c>.</summary>
internal static class DigitsParser
{
    // What every server holds. A decimal of the CLR has 28 or 29 of them; the column may have been made for more.
    private const int Most = 38;

    // What a decimal of the CLR holds.
    private const int MostPlaces = 28;

    /// <summary>The digits of the largest 64-bit number.</summary>
    public static (int? Precision, int? Scale) WholeNumber(RowMember member, Findings findings)
    {
        Parse(member, ColumnKind.Int64, findings);
        return (20, 0);
    }

    public static (int? Precision, int? Scale) Parse(RowMember member, ColumnKind kind, Findings findings)
    {
        AttributeData? ours = member.RuntimeAttribute("PrecisionAttribute");
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
            declared = member.SchemaAnnotation("ColumnAttribute");
            digits = OfType(declared?.Named<string>("TypeName"));
        }

        if (digits is not { } found)
        {
            return (null, null);
        }

        if (found.Precision is < 1 or > Most || found.Scale is < 0 or > MostPlaces || found.Scale > found.Precision)
        {
            findings.Error(
                RuleIds.Unsatisfiable, declared!, member.Property, member.Name, $"a decimal has 1 to {Most} digits, of which none to all, and at most {MostPlaces}, stand after the point, and not {found.Precision} with {found.Scale} after it");
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
