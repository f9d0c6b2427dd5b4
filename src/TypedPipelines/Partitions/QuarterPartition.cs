using System.Globalization;

namespace TypedPipelines;

/// <summary>One calendar quarter of the pipeline's time zone: three months, the first of which is January, April, July or October.</summary>
public sealed class QuarterPartition : Partition
{
    internal QuarterPartition(DateOnly first, TimeZoneInfo zone)
        : base(KeyOf(first), first, first.AddMonths(3), zone) => FirstDate = first;

    /// <summary>The first day of the quarter.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The year.</summary>
    public int Year => FirstDate.Year;

    /// <summary>The quarter, 1 to 4.</summary>
    public int Quarter => QuarterOf(FirstDate);

    internal static string KeyOf(DateOnly first) => string.Create(CultureInfo.InvariantCulture, $"{first:yyyy}-Q{QuarterOf(first)}");

    private static int QuarterOf(DateOnly date) => ((date.Month - 1) / 3) + 1;
}
