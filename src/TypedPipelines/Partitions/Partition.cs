using System.Globalization;

namespace TypedPipelines;

/// <summary>The unit of work and of re-run: one window of a pipeline, known to the ledger by its <see cref="Key"/>.</summary>
public abstract class Partition : IFormattable, IEquatable<Partition>
{
    private readonly TimeZoneInfo? _zone;

    private protected Partition(string key, DateTimeOffset start, DateTimeOffset end, DateTime localStart, DateTime localEnd, TimeZoneInfo? zone = null)
    {
        _zone = zone;
        Key = key;
        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
        LocalStart = localStart;
        LocalEnd = localEnd;
        // A window of part of a day still covers that day for a column of dates.
        DateOnly endDate = DateOnly.FromDateTime(localEnd);
        Window = new Window(start, end, DateOnly.FromDateTime(localStart), localEnd.TimeOfDay == TimeSpan.Zero ? endDate : endDate.AddDays(1));
    }

    /// <summary>A window of whole days of a time zone, from midnight to midnight.</summary>
    private protected Partition(string key, DateOnly first, DateOnly next, TimeZoneInfo zone)
        : this(
            key,
            WallClock.ToInstant(first.ToDateTime(TimeOnly.MinValue), zone),
            WallClock.ToInstant(next.ToDateTime(TimeOnly.MinValue), zone),
            first.ToDateTime(TimeOnly.MinValue),
            next.ToDateTime(TimeOnly.MinValue),
            zone)
    {
    }

    /// <summary>The partition's name in the ledger and on the command line. Ordinal order is not always time order.</summary>
    public string Key { get; }

    /// <summary>The first instant of the window, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The first instant after the window, UTC.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Which scheme it is of: windows of one never overlap, and windows of two may.</summary>
    internal string Cut => _zone is null ? GetType().Name : $"{GetType().Name} {NameOf(_zone)}";

    /// <summary>Whether the partition is a span of time; all there is, and a file, are none.</summary>
    internal virtual bool HasWindow => true;

    /// <summary>Compares two partitions of one pipeline by the order in which they are loaded.</summary>
    internal virtual int CompareTo(Partition other) => Start.CompareTo(other.Start);

    /// <summary>The window, in every form that a partition column can be compared with.</summary>
    public Window Window { get; }

    /// <summary>The wall clock at the start of the window, in the pipeline's time zone.</summary>
    private protected DateTime LocalStart { get; }

    /// <summary>The wall clock at the end of the window, in the pipeline's time zone.</summary>
    private DateTime LocalEnd { get; }

    /// <summary>Whether a moment, by the wall clock of the pipeline's time zone, lies in the window.</summary>
    internal bool Covers(DateTime local) => local >= LocalStart && local < LocalEnd;

    /// <summary>The key.</summary>
    public sealed override string ToString() => Key;

    /// <summary>
    /// Formats the start of the window, in the pipeline's time zone, always with the invariant culture:
    /// <c>$"{day:yyyy-MM-dd}"</c> is the same file name on every machine.
    /// </summary>
    /// <param name="format">A date and time format; null gives <see cref="Key"/>.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        string.IsNullOrEmpty(format) ? Key : LocalStart.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The same for one zone on every machine: Windows has names of its own, and UTC has several.</summary>
    private static string NameOf(TimeZoneInfo zone) =>
        zone.HasSameRules(TimeZoneInfo.Utc) ? TimeZoneInfo.Utc.Id
        : !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? name) ? name
        : zone.Id;

    /// <inheritdoc/>
    public bool Equals(Partition? other) => other is not null && GetType() == other.GetType() && Key == other.Key;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Partition);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
