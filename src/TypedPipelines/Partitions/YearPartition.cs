using System.Globalization;

namespace TypedPipelines;

/// <summary>One calendar year of the pipeline's time zone.</summary>
public sealed class YearPartition : Partition
{
    internal YearPartition(DateOnly first, TimeZoneInfo zone)
        : base(KeyOf(first), first, first.AddYears(1), zone) => FirstDate = first;

    /// <summary>The first day of the year.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The year.</summary>
    public int Year => FirstDate.Year;

    internal static string KeyOf(DateOnly first) => first.ToString("yyyy", CultureInfo.InvariantCulture);
}
