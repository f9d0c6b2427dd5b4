using System.Globalization;

namespace TypedPipelines;

/// <summary>Reads the texts of partition attributes.</summary>
internal static class PartitionText
{
    internal static DateOnly Day(string text) => Read(text, "yyyy-MM-dd", "2001-01-31");

    internal static DateOnly Month(string text) => Read(text, "yyyy-MM", "2001-01");

    /// <summary>The end of a range that has at least one partition.</summary>
    internal static DateOnly? End(string start, string? end, Func<string, DateOnly> read) =>
        end is null || read(end) > read(start)
            ? end is null ? null : read(end)
            : throw new PipelineException(FailureKind.Usage, $"the partitions end at {end}, which does not come after their start {start}", "End is the first partition no longer planned; correct one of the two.");

    internal static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw new PipelineException(
                FailureKind.Usage,
                $"this machine knows no time zone named '{name}'",
                "Write an IANA name such as America/Chicago; on a slim container image, install its time zone data (tzdata).");

    private static DateOnly Read(string text, string format, string example) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new PipelineException(FailureKind.Usage, $"'{text}' is not of the form {format}", $"Write it like {example}.");
}
