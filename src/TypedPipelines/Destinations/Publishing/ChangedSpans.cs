namespace TypedPipelines.Destinations;

/// <summary>
/// The spans of time that changed rows take up for one reader: of a row with several times from the first to the last, since a statement may ask whether its window
/// lies between them. A date is that day in the reader's time zone.
/// </summary>
/// <param name="columns">The reader's columns, by their place among the table's times.</param>
/// <param name="zone">The reader's time zone.</param>
internal sealed class ChangedSpans(IReadOnlyList<int> columns, TimeZoneInfo zone)
{
    private readonly HashSet<(DateTimeOffset Start, DateTimeOffset End)> _spans = [];
    private readonly Dictionary<DateOnly, (DateTimeOffset Start, DateTimeOffset End)> _days = [];

    /// <summary>The spans, those that touch made one, in the order of time.</summary>
    internal IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> All()
    {
        (DateTimeOffset Start, DateTimeOffset End)? open = null;
        foreach ((DateTimeOffset Start, DateTimeOffset End) span in _spans.OrderBy(span => span.Start))
        {
            if (open is { } before && span.Start <= before.End)
            {
                open = (before.Start, span.End > before.End ? span.End : before.End);
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = span;
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Takes in the times of a row; where one is beyond the calendar, and nobody says on which side, all time lies between it and another.</summary>
    internal void Add(DateOnly?[] dates, DateTimeOffset?[] instants, bool[] beyond)
    {
        (DateTimeOffset Start, DateTimeOffset End)? whole = null;
        foreach (int column in columns)
        {
            (DateTimeOffset Start, DateTimeOffset End)? span = dates[column] is { } date ? DayOf(date)
                : instants[column] is { } instant ? (instant, After(instant))
                : null;
            if (beyond[column])
            {
                span = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            }

            whole = whole is not { } so || span is not { } and ? whole ?? span : (and.Start < so.Start ? and.Start : so.Start, and.End > so.End ? and.End : so.End);
        }

        if (whole is { } added)
        {
            _spans.Add(added);
        }
    }

    private (DateTimeOffset Start, DateTimeOffset End) DayOf(DateOnly date)
    {
        if (!_days.TryGetValue(date, out (DateTimeOffset Start, DateTimeOffset End) day))
        {
            _days[date] = day = (MidnightOf(date.DayNumber), MidnightOf(date.DayNumber + 1));
        }

        return day;
    }

    /// <summary>At the ends of the calendar what a time zone would take out of it is not.</summary>
    private DateTimeOffset MidnightOf(int day) =>
        day <= 1 ? DateTimeOffset.MinValue
        : day >= DateOnly.MaxValue.DayNumber ? DateTimeOffset.MaxValue
        : WallClock.ToInstant(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue), zone);

    private static DateTimeOffset After(DateTimeOffset instant) => instant == DateTimeOffset.MaxValue ? instant : instant.AddTicks(1);
}
