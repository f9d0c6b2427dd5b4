using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads <c>[Format]</c>, and refuses one by which no field could be read, or one that leaves the year to the clock.</summary>
internal static class FormatParser
{
    // The .NET formats of one letter that name a year, by the types that know them; of those with a time only, that name an hour.
    private const string StandardDates = "dDoOrRyY";
    private const string StandardMoments = StandardDates + "fFgGsuU";
    private const string StandardTimes = "tToOrR";

    private const string PartsOfDates = "yMdg";
    private const string PartsOfTimes = "hHmsfFt";

    public static string? Parse(RowMember member, ColumnKind kind, Findings findings)
    {
        if (member.RuntimeAttribute("FormatAttribute") is not { } attribute || attribute.Argument(0) is not string format)
        {
            return null;
        }

        if (Wrong(format, kind, member) is { } wrong)
        {
            findings.Error(RuleIds.Format, attribute, member.Property, member.Name, format, wrong);
        }

        return format;
    }

    private static string? Wrong(string format, ColumnKind kind, RowMember member)
    {
        bool time = kind == ColumnKind.Time;
        if (kind is not (ColumnKind.Date or ColumnKind.Time or ColumnKind.Instant))
        {
            return $"{member.Type.ToDisplayString()} is neither date nor time";
        }

        if (format.Length == 1)
        {
            string known = kind == ColumnKind.Date ? StandardDates : time ? StandardTimes : StandardMoments;
            return known.IndexOf(format[0]) >= 0 ? null : time ? "it names no hour" : "it names no year";
        }

        if (!IsFormat(format))
        {
            return "it is no .NET format";
        }

        HashSet<char> parts = [.. Parts(format)];
        return time
            ? parts.Overlaps(PartsOfDates) || parts.Overlaps("Kz") ? "it names parts of a date" : parts.Overlaps("hH") ? null : "it names no hour"
            : kind == ColumnKind.Date && (parts.Overlaps(PartsOfTimes) || parts.Overlaps("Kz")) ? "it names parts of a time"
            : parts.Contains('y') ? null : "it names no year";
    }

    private static bool IsFormat(string format)
    {
        try
        {
            _ = new DateTime(2000, 1, 1).ToString(format, CultureInfo.InvariantCulture);
            return format.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The letters that stand for parts of a value: those that are neither quoted nor escaped.</summary>
    private static IEnumerable<char> Parts(string format)
    {
        char quote = '\0';
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c == '\\')
            {
                i++;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else
            {
                yield return c;
            }
        }
    }
}
