namespace TypedPipelines;

/// <summary>Turns wall-clock times into instants, with one answer for the times that a zone's clock skips or repeats.</summary>
internal static class WallClock
{
    /// <summary>More than any zone's clock has ever been off from UTC.</summary>
    private const long Widest = 16 * TimeSpan.TicksPerHour;

    /// <summary>
    /// The first instant at which a zone's clock shows a time or a later one. A later time never has an earlier instant,
    /// so windows between consecutive local midnights tile; a day that the zone skips begins and ends at one instant.
    /// </summary>
    /// <remarks>
    /// Only ever asks what the clock shows at an instant. The reverse question, which instants a time may mean, has no
    /// right answer from <see cref="TimeZoneInfo"/> where a zone changes its standard offset: it knows no time as invalid then.
    /// </remarks>
    internal static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        long from = local.Ticks - Widest;
        long to = local.Ticks + Widest;
        long offset = OffsetAt(from, zone);
        return At(offset == OffsetAt(to, zone) ? local.Ticks - offset : FirstShowing(local.Ticks, from, to, zone));
    }

    private static long FirstShowing(long local, long from, long to, TimeZoneInfo zone)
    {
        long at = from;
        while (at < to)
        {
            long offset = OffsetAt(at, zone);
            long next = at + TimeSpan.TicksPerHour;
            if (OffsetAt(next, zone) != offset)
            {
                next = FirstChange(at, next, offset, zone);
            }

            // Until then the clock runs evenly.
            if (local - offset < next)
            {
                return Math.Max(local - offset, at);
            }

            at = next;
        }

        return to;
    }

    private static long FirstChange(long before, long after, long offset, TimeZoneInfo zone)
    {
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            (before, after) = OffsetAt(middle, zone) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static long OffsetAt(long utc, TimeZoneInfo zone) => zone.GetUtcOffset(At(utc)).Ticks;

    /// <summary>The calendar has a first and a last instant; beyond them the clock is as it is there.</summary>
    private static DateTimeOffset At(long utc) => new(Math.Clamp(utc, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
