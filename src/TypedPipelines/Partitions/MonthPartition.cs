using System.Globalization;

namespace TypedPipelines;

/// <summary>One calendar month of the pipeline's time zone.</summary>
public sealed class MonthPartition : Partition
{
    internal MonthPartition(DateOnly first, TimeZoneInfo zone)
        : base(KeyOf(first), first, first.AddMonths(1), zone) => FirstDate = first;

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The year.</summary>
    public int Year => FirstDate.Year;

    /// <summary>The month, 1 to 12.</summary>
    public int Month => FirstDate.Month;

    internal static string KeyOf(DateOnly first) => first.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
