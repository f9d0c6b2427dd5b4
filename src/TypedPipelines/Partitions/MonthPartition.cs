using System.Globalization;

namespace TypedPipelines;

/// <summary>One calendar month of the pipeline's time zone.</summary>
public sealed class MonthPartition : Partition
{
    internal MonthPartition(DateOnly first, TimeZoneInfo zone)
        : base(
            first.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            WallClock.ToInstant(first.ToDateTime(TimeOnly.MinValue), zone),
            WallClock.ToInstant(first.AddMonths(1).ToDateTime(TimeOnly.MinValue), zone),
            first.ToDateTime(TimeOnly.MinValue),
            first.AddMonths(1).ToDateTime(TimeOnly.MinValue)) => FirstDate = first;

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The year.</summary>
    public int Year => FirstDate.Year;

    /// <summary>The month, 1 to 12.</summary>
    public int Month => FirstDate.Month;
}
