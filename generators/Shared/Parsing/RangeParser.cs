using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads <c>[Range]</c>: bounds that mean the same on every machine, in the type of the column.</summary>
internal static class RangeParser
{
    public static CheckModel? Parse(AttributeData attribute, RowMember member, ColumnKind kind, Findings findings)
    {
        if (!LiteralParser.HasOrder(kind))
        {
            return CheckParser.NotChecked(attribute, member, findings, $"numbers, dates and times have bounds, and this is of type {member.Type.ToDisplayString()}");
        }

        int first = attribute.ConstructorArguments.Length - 2;
        bool minimumOut = attribute.Named<bool>("MinimumIsExclusive");
        bool maximumOut = attribute.Named<bool>("MaximumIsExclusive");
        foreach (int position in new[] { first, first + 1 })
        {
            TypedConstant bound = attribute.ConstructorArguments[position];
            if (Read(bound.Value, kind, member.Type) is null)
            {
                return CheckParser.NotChecked(attribute, member, findings, $"{LiteralParser.Show(bound)} is no {member.Type.ToDisplayString()} {LiteralParser.FormsOf(kind)}");
            }
        }

        Literal minimum = Read(attribute.ConstructorArguments[first].Value, kind, member.Type)!;
        Literal maximum = Read(attribute.ConstructorArguments[first + 1].Value, kind, member.Type)!;
        (Reach lower, Reach upper) = (ReachOf(minimum, kind, member.Type), ReachOf(maximum, kind, member.Type));
        int order = Compare(minimum, maximum);
        if (order > 0 || (order == 0 && (minimumOut || maximumOut)) || lower == Reach.Above || upper == Reach.Below)
        {
            string ends = minimumOut || maximumOut ? ", of which one itself is out of range" : "";
            findings.Error(RuleIds.Unsatisfiable, attribute, member.Property, member.Name, $"no {member.Type.ToDisplayString()} lies between {minimum.Shown} and {maximum.Shown}{(order == 0 ? ends : "")}");
            return null;
        }

        return new CheckModel(CheckForm.Range, "Range")
        {
            Minimum = lower == Reach.Below ? null : new ValueModel(minimum.Source, minimum.Shown),
            MinimumIsExclusive = minimumOut,
            Maximum = upper == Reach.Above ? null : new ValueModel(maximum.Source, maximum.Shown),
            MaximumIsExclusive = maximumOut,
        };
    }

    /// <summary>Where a bound lies: a column of bytes may well have the bounds 0 and <c>int.MaxValue</c>, of which one is none.</summary>
    private enum Reach
    {
        Below,
        Within,
        Above,
    }

    private static Literal? Read(object? constant, ColumnKind kind, ITypeSymbol type)
    {
        switch (kind)
        {
            case ColumnKind.Date or ColumnKind.Time or ColumnKind.Instant:
                return LiteralParser.Read(constant, kind, type);
            case ColumnKind.Single or ColumnKind.Double:
                return LiteralParser.Real(LiteralParser.TextOf(constant)) is { } number ? LiteralParser.Real(number) : null;
            default:
                // A bound may have a fraction, or lie outside the type.
                return LiteralParser.Read(constant, kind, type)
                    ?? (LiteralParser.Real(LiteralParser.TextOf(constant)) is { } real ? LiteralParser.Real(real) : null);
        }
    }

    private static Reach ReachOf(Literal bound, ColumnKind kind, ITypeSymbol type)
    {
        if (bound.Value is not double number)
        {
            return Reach.Within;
        }

        (double least, double greatest) = kind switch
        {
            ColumnKind.Decimal => (0, 0), // What a decimal holds was read as one.
            ColumnKind.Single or ColumnKind.Double => (double.MinValue, double.MaxValue),
            _ => LiteralParser.Limits(type),
        };
        return number < least ? Reach.Below : number > greatest ? Reach.Above : Reach.Within;
    }

    private static int Compare(Literal left, Literal right) => left.Value.GetType() == right.Value.GetType()
        ? left.Value.CompareTo(right.Value)
        : Convert.ToDouble(left.Value, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right.Value, CultureInfo.InvariantCulture));
}
