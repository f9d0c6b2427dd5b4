using System.Globalization;

namespace TypedPipelines;

/// <summary>
/// One hour. The hour that daylight saving repeats is two partitions, told apart by their offset; the one it skips is none.
/// </summary>
public sealed class HourPartition : Partition
{
    internal HourPartition(DateTimeOffset start, TimeZoneInfo zone)
        : base(
            KeyOf(TimeZoneInfo.ConvertTime(start, zone)),
            start,
            start.AddHours(1),
            TimeZoneInfo.ConvertTime(start, zone).DateTime,
            TimeZoneInfo.ConvertTime(start.AddHours(1), zone).DateTime,
            zone) => Local = TimeZoneInfo.ConvertTime(start, zone);

    /// <summary>The start of the hour, with the offset that the time zone has then.</summary>
    public DateTimeOffset Local { get; }

    private static string KeyOf(DateTimeOffset local) =>
        local.ToString(local.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm'Z'" : "yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture);
}
