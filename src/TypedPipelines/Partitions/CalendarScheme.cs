namespace TypedPipelines;

/// <summary>Windows of whole calendar months, one after the other: months, quarters and years differ in how many, and in their keys.</summary>
/// <param name="start">The first day of the first window.</param>
/// <param name="end">The first day of the first window no longer planned; null for none.</param>
/// <param name="months">How many months a window has.</param>
/// <param name="zone">The time zone whose calendar is meant.</param>
/// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
internal abstract class CalendarScheme(DateOnly start, DateOnly? end, int months, TimeZoneInfo zone, bool allowPartial) : PartitionScheme(zone, allowPartial)
{
    public sealed override string? EndsBefore => end is { } last ? KeyOf(last) : null;

    public sealed override IEnumerable<Partition> All()
    {
        for (DateOnly first = start; IsPlanned(first); first = first.AddMonths(months))
        {
            yield return Create(first);
        }
    }

    public sealed override Partition Parse(string key)
    {
        if (!TryRead(key, out DateOnly first))
        {
            throw NotAKey(key);
        }

        return first >= start && IsPlanned(first) ? Create(first) : throw OutOfRange(key, Create(start), EndsBefore);
    }

    private protected abstract bool TryRead(string key, out DateOnly first);

    private protected abstract string KeyOf(DateOnly first);

    private protected abstract Partition Create(DateOnly first);

    /// <summary>No window ends after the calendar does.</summary>
    private bool IsPlanned(DateOnly first) => (end is null || first < end) && first.Year < DateOnly.MaxValue.Year;
}
