using System.Globalization;

namespace TypedPipelines;

internal sealed class DailyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : PartitionScheme(zone, allowPartial)
{
    public override string Kind => "daily";

    public override string KeyForm => "days such as 2001-01-31";

    public override string? EndsBefore => end?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override IEnumerable<Partition> All() => From(start);

    public override Partition Parse(string key)
    {
        if (!PartitionText.TryDay(key, out DateOnly day))
        {
            throw NotAKey(key);
        }

        if (day < start || (end is not null && day >= end) || day == DateOnly.MaxValue)
        {
            throw OutOfRange(key, new DayPartition(start, Zone), EndsBefore);
        }

        var partition = new DayPartition(day, Zone);
        return partition.Exists ? partition : throw new PipelineException(
            FailureKind.Window,
            $"the time zone {Zone.Id} had no day {key}: its clock went from the end of the day before to the start of the day after",
            "Name the day before or the day after.");
    }

    public override IEnumerable<Partition> Overlapping(DateTimeOffset from, DateTimeOffset to)
    {
        // A day either side makes up for the offset; the span itself decides.
        DateOnly first = from.UtcDateTime.Date <= start.ToDateTime(TimeOnly.MinValue).AddDays(1)
            ? start
            : DateOnly.FromDateTime(from.UtcDateTime).AddDays(-1);
        return From(first).SkipWhile(day => day.End <= from).TakeWhile(day => day.Start < to);
    }

    private IEnumerable<Partition> From(DateOnly first)
    {
        for (DateOnly day = first < start ? start : first; (end is null || day < end) && day < DateOnly.MaxValue; day = day.AddDays(1))
        {
            var partition = new DayPartition(day, Zone);
            if (partition.Exists)
            {
                yield return partition;
            }
        }
    }
}
