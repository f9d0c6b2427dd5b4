using System.Globalization;

namespace TypedPipelines;

internal sealed class HourlyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : PartitionScheme(zone, allowPartial)
{
    private static readonly string[] KeyFormats = ["yyyy-MM-ddTHH:mm'Z'", "yyyy-MM-ddTHH:mmzzz"];

    /// <summary>No window ends after the calendar does, in no zone.</summary>
    private static readonly DateTimeOffset Last = DateTimeOffset.MaxValue.AddDays(-2);

    private readonly DateTimeOffset _first = WallClock.ToInstant(start.ToDateTime(TimeOnly.MinValue), zone);
    private readonly DateTimeOffset? _end = end is { } last ? WallClock.ToInstant(last.ToDateTime(TimeOnly.MinValue), zone) : null;

    public override string Kind => "hourly";

    public override string KeyForm => "hours such as 2001-01-31T07:00Z or 2001-01-31T07:00-06:00";

    public override string? EndsBefore => end?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override IEnumerable<Partition> All() => From(_first);

    public override Partition Parse(string key)
    {
        if (!DateTimeOffset.TryParseExact(key, KeyFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            || (instant - _first).Ticks % TimeSpan.TicksPerHour != 0)
        {
            throw NotAKey(key);
        }

        return instant >= _first && (_end is null || instant < _end) && instant < Last
            ? new HourPartition(instant.ToUniversalTime(), Zone)
            : throw OutOfRange(key, new HourPartition(_first, Zone), _end is { } last ? new HourPartition(last, Zone).Key : null);
    }

    public override IEnumerable<Partition> Overlapping(DateTimeOffset from, DateTimeOffset to) =>
        From(from <= _first ? _first : _first.AddHours(Math.Floor((from - _first).TotalHours))).TakeWhile(hour => hour.Start < to);

    private IEnumerable<Partition> From(DateTimeOffset first)
    {
        for (DateTimeOffset hour = first; (_end is null || hour < _end) && hour < Last; hour = hour.AddHours(1))
        {
            yield return new HourPartition(hour, Zone);
        }
    }
}
