using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>A value that an attribute names, in the type of the column it is compared with.</summary>
/// <param name="Source">As C# source writes it.</param>
/// <param name="Shown">As messages show it.</param>
/// <param name="Value">For comparing it with others of the same column: a number, ticks or a text.</param>
internal sealed record Literal(string Source, string Shown, IComparable Value);

/// <summary>
/// Reads the constants of attributes as values of a column. Attributes hold numbers and texts only: a decimal, a date or a time is
/// written as a text, and read here with the invariant culture and in ISO form, so that it means the same on every machine.
/// </summary>
internal static class LiteralParser
{
    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Whether values of the kind have an order in which a bound means something.</summary>
    public static bool HasOrder(ColumnKind kind) => kind is not (ColumnKind.Boolean or ColumnKind.String or ColumnKind.Bytes or ColumnKind.Guid);

    /// <summary>The constant as a value of the column; null where it is none.</summary>
    public static Literal? Read(object? constant, ColumnKind kind, ITypeSymbol type)
    {
        switch (kind)
        {
            case ColumnKind.Boolean:
                return constant is bool flag ? new Literal(flag ? "true" : "false", flag ? "true" : "false", flag) : null;
            case ColumnKind.String:
                return constant is string text ? new Literal(AttributeSource.Quote(text), $"'{text}'", text) : null;
            case ColumnKind.Date:
                return Date(TextOf(constant));
            case ColumnKind.Time:
                return Time(TextOf(constant));
            case ColumnKind.Instant:
                return Instant(TextOf(constant), type.SpecialType == SpecialType.System_DateTime);
            case ColumnKind.Decimal:
                return decimal.TryParse(TextOf(constant), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
                    ? new Literal(exact.ToString(CultureInfo.InvariantCulture) + "m", exact.ToString(CultureInfo.InvariantCulture), exact)
                    : null;
            case ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64:
                return long.TryParse(TextOf(constant), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? Whole(whole, type) : null;
            case ColumnKind.Single or ColumnKind.Double:
                return Real(TextOf(constant)) is { } real && (kind == ColumnKind.Double || Math.Abs(real) <= float.MaxValue) ? Real(real, kind == ColumnKind.Single) : null;
            default:
                return null;
        }
    }

    /// <summary>A number as its text says it; null where it says none. The one that is not a number is none either.</summary>
    public static double? Real(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) ? number : null;

    /// <summary>The constant as its text, which any reading starts from.</summary>
    public static string? TextOf(object? constant) => constant switch
    {
        string text => text.Trim(),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        float real => ((double)real).ToString("R", CultureInfo.InvariantCulture),
        bool or char or null => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A floating-point number as C# source writes it.</summary>
    public static Literal Real(double number, bool single = false)
    {
        string shown = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsInfinity(number)
            ? new Literal(number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity", number > 0 ? "infinity" : "-infinity", number)
            : new Literal(shown + (single ? "F" : "D"), shown, number);
    }

    /// <summary>The constant as a message shows it.</summary>
    public static string Show(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Array } => "a list",
        { Value: string text } => $"'{text}'",
        { Value: bool flag } => flag ? "true" : "false",
        _ => TextOf(constant.Value) ?? constant.Value?.ToString() ?? "null",
    };

    /// <summary>The forms in which a value of the kind is written, as the end of a sentence.</summary>
    public static string FormsOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Date => "of the form 2026-01-31",
        ColumnKind.Time => "of the form 07:05 or 07:05:09",
        ColumnKind.Instant => "of the form 2026-01-31 or 2026-01-31T07:05:09Z",
        _ => "that can be compared",
    };

    /// <summary>The least and greatest value of an integer type.</summary>
    public static (long Least, long Greatest) Limits(ITypeSymbol type) => ((type as INamedTypeSymbol)?.EnumUnderlyingType ?? type).SpecialType switch
    {
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static Literal? Whole(long whole, ITypeSymbol type)
    {
        (long least, long greatest) = Limits(type);
        string shown = whole.ToString(CultureInfo.InvariantCulture);
        return whole >= least && whole <= greatest ? new Literal(whole == long.MinValue ? "long.MinValue" : shown + "L", shown, whole) : null;
    }

    private static Literal? Date(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            ? new Literal(FormattableString.Invariant($"new global::System.DateOnly({date.Year}, {date.Month}, {date.Day})"), text!, date.Ticks)
            : null;

    private static Literal? Time(string? text)
    {
        if (!DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out DateTime time))
        {
            return null;
        }

        string source = FormattableString.Invariant($"new global::System.TimeOnly({time.Hour}, {time.Minute}, {time.Second})");
        return new Literal(source + Fraction(time, "Add(global::System.TimeSpan.FromTicks({0}))"), text!, time.Ticks);
    }

    private static Literal? Instant(string? text, bool dateTime)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(text, Instants, CultureInfo.InvariantCulture, Utc, out DateTime at))
        {
            return null;
        }

        string type = dateTime ? "DateTime" : "DateTimeOffset";
        string zone = dateTime ? "global::System.DateTimeKind.Utc" : "global::System.TimeSpan.Zero";
        string source = FormattableString.Invariant($"new global::System.{type}({at.Year}, {at.Month}, {at.Day}, {at.Hour}, {at.Minute}, {at.Second}, {zone})");
        string shown = at.ToString(at.Ticks % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return new Literal(source + Fraction(at, "AddTicks({0})"), shown + (shown.Length > 10 ? "Z" : ""), at.Ticks);
    }

    private static string Fraction(DateTime value, string call) => (value.Ticks % TimeSpan.TicksPerSecond) is var ticks and not 0
        ? "." + string.Format(CultureInfo.InvariantCulture, call, ticks)
        : "";
}
