using System.Globalization;

namespace TypedPipelines;

internal sealed class MonthlyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : PartitionScheme(zone, allowPartial)
{
    public override string Kind => "monthly";

    public override string KeyForm => "months such as 2001-01";

    public override string? EndsBefore => end?.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public override IEnumerable<Partition> All()
    {
        for (DateOnly month = start; (end is null || month < end) && month.Year < DateOnly.MaxValue.Year; month = month.AddMonths(1))
        {
            yield return new MonthPartition(month, Zone);
        }
    }

    public override Partition Parse(string key)
    {
        if (!DateOnly.TryParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly month))
        {
            throw NotAKey(key);
        }

        return month >= start && (end is null || month < end) && month.Year < DateOnly.MaxValue.Year
            ? new MonthPartition(month, Zone)
            : throw OutOfRange(key, new MonthPartition(start, Zone), EndsBefore);
    }
}
