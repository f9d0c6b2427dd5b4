using System.Globalization;
using System.Text.Unicode;

namespace TypedPipelines;

/// <summary>
/// Dates and times from UTF-8: ISO 8601 where no format is given, else the format and nothing else. Each gives the reason it
/// failed, and none looks at the machine's culture, time zone or clock.
/// </summary>
internal static class CsvMoment
{
    private const int LongestText = 128;

    internal static string? Read(ReadOnlySpan<byte> text, string? format, out DateOnly value)
    {
        if (format is null or "yyyy-MM-dd")
        {
            return IsoText.TryDate(text, out value) ? null : "is not a date of the form yyyy-MM-dd";
        }

        Span<char> chars = stackalloc char[LongestText];
        if (NamesYear(format) && TryDecode(text, ref chars) && DateOnly.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
        {
            return null;
        }

        value = default;
        return Mismatch("a date", format);
    }

    internal static string? Read(ReadOnlySpan<byte> text, string? format, out TimeOnly value)
    {
        value = default;
        if (format is null)
        {
            if (!IsoText.TryTime(text, out long ticks))
            {
                return "is not a time of the form HH:mm or HH:mm:ss";
            }

            value = new TimeOnly(ticks);
            return null;
        }

        Span<char> chars = stackalloc char[LongestText];
        return TryDecode(text, ref chars) && TimeOnly.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            ? null
            : $"is not a time of the form {format}";
    }

    internal static string? Read(ReadOnlySpan<byte> text, string? format, out DateTime value)
    {
        value = default;
        if (format is null)
        {
            if (!IsoText.TryMoment(text, out DateTime written, out TimeSpan? offset) || (offset is not null && !InRange(written, offset.Value)))
            {
                return "is not a date and time of the form yyyy-MM-ddTHH:mm:ss";
            }

            value = offset is null ? written : new DateTime(written.Ticks - offset.Value.Ticks, DateTimeKind.Utc);
            return null;
        }

        Span<char> chars = stackalloc char[LongestText];
        return NamesYear(format) && TryDecode(text, ref chars)
            && DateTime.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value)
            ? null
            : Mismatch("a date and time", format);
    }

    internal static string? Read(ReadOnlySpan<byte> text, string? format, out DateTimeOffset value)
    {
        value = default;
        if (format is null)
        {
            if (!IsoText.TryMoment(text, out DateTime written, out TimeSpan? offset) || offset is null || !InRange(written, offset.Value))
            {
                return "is not a date and time with an offset of the form yyyy-MM-ddTHH:mm:ss+00:00 or …Z";
            }

            value = new DateTimeOffset(written, offset.Value);
            return null;
        }

        Span<char> chars = stackalloc char[LongestText];
        return NamesYear(format) && TryDecode(text, ref chars)
            && DateTimeOffset.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
            ? null
            : Mismatch("a date and time", format);
    }

    private static bool InRange(DateTime written, TimeSpan offset) =>
        Math.Abs(offset.Ticks) <= 14 * TimeSpan.TicksPerHour
        && (ulong)(written.Ticks - offset.Ticks) <= (ulong)DateTime.MaxValue.Ticks;

    // The base library fills a year that the format does not name with the one on the clock: another day, another value.
    private static bool NamesYear(string format) => format.Length == 1 ? format is not ("M" or "m" or "t" or "T") : format.Contains('y', StringComparison.Ordinal);

    private static string Mismatch(string kind, string format) => NamesYear(format)
        ? $"is not {kind} of the form {format}"
        : $"cannot be read as {kind}: the form {format} has no year";

    private static bool TryDecode(ReadOnlySpan<byte> text, ref Span<char> chars)
    {
        if (text.Length > chars.Length)
        {
            return false;
        }

        Utf8.ToUtf16(text, chars, out _, out int length);
        chars = chars[..length];
        return true;
    }
}
