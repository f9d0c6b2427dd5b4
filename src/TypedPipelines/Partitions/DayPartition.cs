using System.Globalization;

namespace TypedPipelines;

/// <summary>One day of the pipeline's time zone: 23, 24 or 25 hours.</summary>
public sealed class DayPartition : Partition
{
    internal DayPartition(DateOnly date, TimeZoneInfo zone)
        : base(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date, date.AddDays(1), zone) => Date = date;

    /// <summary>The day.</summary>
    public DateOnly Date { get; }

    /// <summary>Whether the zone had that day: one that moves over the date line skips a date.</summary>
    internal bool Exists => Start < End;
}
