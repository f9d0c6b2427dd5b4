using System.Globalization;

namespace TypedPipelines;

/// <summary>Reads the texts of partition attributes.</summary>
internal static class PartitionText
{
    internal static DateOnly Day(string text) => Read(text, TryDay, "yyyy-MM-dd", "2001-01-31");

    internal static DateOnly Month(string text) => Read(text, TryMonth, "yyyy-MM", "2001-01");

    internal static DateOnly Quarter(string text) => Read(text, TryQuarter, "yyyy-Qn", "2001-Q1");

    internal static DateOnly Year(string text) => Read(text, TryYear, "yyyy", "2001");

    internal static bool TryDay(string text, out DateOnly day) => TryExact(text, "yyyy-MM-dd", out day);

    internal static bool TryMonth(string text, out DateOnly first) => TryExact(text, "yyyy-MM", out first);

    /// <summary>.NET knows no form of a date that has a quarter in it.</summary>
    internal static bool TryQuarter(string text, out DateOnly first)
    {
        first = default;
        if (text is not [_, _, _, _, '-', 'Q', >= '1' and <= '4'] || !TryYear(text[..4], out DateOnly year))
        {
            return false;
        }

        first = year.AddMonths((text[^1] - '1') * 3);
        return true;
    }

    internal static bool TryYear(string text, out DateOnly first) => TryExact(text, "yyyy", out first);

    /// <summary>The end of a range that has at least one partition.</summary>
    internal static DateOnly? End(string start, string? end, Func<string, DateOnly> read) =>
        end is null || read(end) > read(start)
            ? end is null ? null : read(end)
            : throw new PipelineException(FailureKind.Usage, $"the partitions end at {end}, which does not come after their start {start}", "End is the first partition no longer planned; correct one of the two.");

    internal static TimeSpan? Due(string? text) =>
        text is null ? null
        : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan within) && within >= TimeSpan.Zero ? within
        : throw new PipelineException(FailureKind.Usage, $"'{text}' is no length of time in which a partition is due", "Write it like 06:00:00, or 2.00:00:00 for two days.");

    internal static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw new PipelineException(
                FailureKind.Usage,
                $"this machine knows no time zone named '{name}'",
                "Write an IANA name such as America/Chicago; on a slim container image, install its time zone data (tzdata).");

    private static DateOnly Read(string text, TryReading tryRead, string format, string example) =>
        tryRead(text, out DateOnly date)
            ? date
            : throw new PipelineException(FailureKind.Usage, $"'{text}' is not of the form {format}", $"Write it like {example}.");

    private static bool TryExact(string text, string format, out DateOnly date) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private delegate bool TryReading(string text, out DateOnly date);
}
