namespace TypedPipelines;

/// <summary>How a pipeline's work is cut into partitions: the attribute's declaration, ready to be asked.</summary>
public abstract class PartitionScheme
{
    private protected PartitionScheme(TimeZoneInfo zone, bool allowPartial)
    {
        Zone = zone;
        AllowPartial = allowPartial;
    }

    /// <summary>The word for it: <c>none</c>, <c>hourly</c>, <c>daily</c>, <c>monthly</c>, <c>quarterly</c>, <c>yearly</c>, <c>files</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What a partition key looks like, with an example, for messages and help.</summary>
    public abstract string KeyForm { get; }

    /// <summary>The declared end: the first day, month, quarter or year no longer planned, as on the attribute; null for none.</summary>
    public abstract string? EndsBefore { get; }

    /// <summary>The time zone whose calendar and clock are meant.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Whether a window that has not ended may be loaded.</summary>
    public bool AllowPartial { get; }

    /// <summary>How many of the last complete windows are loaded again when a new one is; never any before the start.</summary>
    public int LookBack { get; private init; }

    /// <summary>How long after the end of its window a partition is to be loaded; null where nothing is said.</summary>
    public TimeSpan? DueWithin { get; private init; }

    /// <summary>The pipeline has no windows: one partition, <c>all</c>.</summary>
    public static PartitionScheme None { get; } = new WholeScheme();

    /// <summary>One partition a day.</summary>
    /// <param name="start">The first day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="end">The first day no longer planned; null for none.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
    /// <param name="lookBack">How many of the last complete windows are loaded again when a new one is.</param>
    /// <param name="dueWithin">How long after the end of its window a partition is due, such as <c>06:00:00</c>; null for never.</param>
    /// <exception cref="PipelineException">A date or the time zone cannot be understood.</exception>
    public static PartitionScheme Daily(string start, string? end = null, string timeZone = "UTC", bool allowPartial = false, int lookBack = 0, string? dueWithin = null) =>
        new DailyScheme(PartitionText.Day(start), PartitionText.End(start, end, PartitionText.Day), PartitionText.Zone(timeZone), allowPartial) { LookBack = lookBack, DueWithin = PartitionText.Due(dueWithin) };

    /// <summary>One partition an hour.</summary>
    /// <param name="start">The day whose midnight begins the first hour, <c>yyyy-MM-dd</c>.</param>
    /// <param name="end">The day whose midnight ends the last hour; null for none.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
    /// <param name="lookBack">How many of the last complete windows are loaded again when a new one is.</param>
    /// <param name="dueWithin">How long after the end of its window a partition is due, such as <c>06:00:00</c>; null for never.</param>
    /// <exception cref="PipelineException">A date or the time zone cannot be understood.</exception>
    public static PartitionScheme Hourly(string start, string? end = null, string timeZone = "UTC", bool allowPartial = false, int lookBack = 0, string? dueWithin = null) =>
        new HourlyScheme(PartitionText.Day(start), PartitionText.End(start, end, PartitionText.Day), PartitionText.Zone(timeZone), allowPartial) { LookBack = lookBack, DueWithin = PartitionText.Due(dueWithin) };

    /// <summary>One partition a month.</summary>
    /// <param name="start">The first month, <c>yyyy-MM</c>.</param>
    /// <param name="end">The first month no longer planned; null for none.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
    /// <param name="lookBack">How many of the last complete windows are loaded again when a new one is.</param>
    /// <param name="dueWithin">How long after the end of its window a partition is due, such as <c>06:00:00</c>; null for never.</param>
    /// <exception cref="PipelineException">A month or the time zone cannot be understood.</exception>
    public static PartitionScheme Monthly(string start, string? end = null, string timeZone = "UTC", bool allowPartial = false, int lookBack = 0, string? dueWithin = null) =>
        new MonthlyScheme(PartitionText.Month(start), PartitionText.End(start, end, PartitionText.Month), PartitionText.Zone(timeZone), allowPartial) { LookBack = lookBack, DueWithin = PartitionText.Due(dueWithin) };

    /// <summary>One partition a calendar quarter.</summary>
    /// <param name="start">The first calendar quarter, such as <c>2001-Q1</c>.</param>
    /// <param name="end">The first calendar quarter no longer planned; null for none.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
    /// <param name="lookBack">How many of the last complete windows are loaded again when a new one is.</param>
    /// <param name="dueWithin">How long after the end of its window a partition is due, such as <c>06:00:00</c>; null for never.</param>
    /// <exception cref="PipelineException">A calendar quarter or the time zone cannot be understood.</exception>
    public static PartitionScheme Quarterly(string start, string? end = null, string timeZone = "UTC", bool allowPartial = false, int lookBack = 0, string? dueWithin = null) =>
        new QuarterlyScheme(PartitionText.Quarter(start), PartitionText.End(start, end, PartitionText.Quarter), PartitionText.Zone(timeZone), allowPartial) { LookBack = lookBack, DueWithin = PartitionText.Due(dueWithin) };

    /// <summary>One partition a calendar year.</summary>
    /// <param name="start">The first calendar year, <c>yyyy</c>.</param>
    /// <param name="end">The first calendar year no longer planned; null for none.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <param name="allowPartial">Whether a window that has not ended may be loaded.</param>
    /// <param name="lookBack">How many of the last complete windows are loaded again when a new one is.</param>
    /// <param name="dueWithin">How long after the end of its window a partition is due, such as <c>06:00:00</c>; null for never.</param>
    /// <exception cref="PipelineException">A calendar year or the time zone cannot be understood.</exception>
    public static PartitionScheme Yearly(string start, string? end = null, string timeZone = "UTC", bool allowPartial = false, int lookBack = 0, string? dueWithin = null) =>
        new YearlyScheme(PartitionText.Year(start), PartitionText.End(start, end, PartitionText.Year), PartitionText.Zone(timeZone), allowPartial) { LookBack = lookBack, DueWithin = PartitionText.Due(dueWithin) };

    /// <summary>One partition a file.</summary>
    /// <param name="files">A path; stars and question marks in the file name match several files.</param>
    public static PartitionScheme Files(string files) => new FileScheme(files);

    /// <summary>Whether the partitions are windows of time; one of everything, and files, are none.</summary>
    public bool HasWindows => Kind != None.Kind && Kind != FileScheme.KindWord;

    /// <summary>What its partitions are, and in which time zone; null where there is none.</summary>
    internal virtual string? Cut => All().FirstOrDefault()?.Cut;

    /// <summary>The partitions from the first to the declared end, or without end, in time order.</summary>
    public abstract IEnumerable<Partition> All();

    /// <summary>Reads a partition key.</summary>
    /// <param name="key">The key, as <see cref="Partition.Key"/> gives it.</param>
    /// <exception cref="PipelineException">It is not a key of this scheme, or lies outside the pipeline's range.</exception>
    public abstract Partition Parse(string key);

    /// <summary>Reads a partition key; null where there is no such partition, or none any more.</summary>
    internal Partition? TryParse(string key)
    {
        try
        {
            return Parse(key);
        }
        catch (PipelineException)
        {
            return null;
        }
    }

    /// <summary>Whether a key is one that these partitions have, or would have if their range were another.</summary>
    internal virtual bool HasForm(string key)
    {
        try
        {
            // The same hour of another zone is read, too, and has another key.
            return Parse(key).Key == key;
        }
        catch (PipelineException e)
        {
            return e.Kind == FailureKind.Window;
        }
    }

    /// <summary>The partitions whose windows have ended, in time order; with <see cref="AllowPartial"/>, also the one that has begun.</summary>
    /// <param name="now">The time now.</param>
    public IEnumerable<Partition> LoadableAt(DateTimeOffset now) => All().TakeWhile(partition => IsLoadable(partition, now));

    /// <summary>Whether a partition's window has ended, or may be loaded before it has.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="now">The time now.</param>
    public bool IsLoadable(Partition partition, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partition);
        return !partition.HasWindow || partition.End <= now || (AllowPartial && partition.Start <= now);
    }

    /// <summary>The partitions whose windows overlap a span, in time order.</summary>
    /// <param name="start">The start of the span.</param>
    /// <param name="end">The end of the span, exclusive.</param>
    public virtual IEnumerable<Partition> Overlapping(DateTimeOffset start, DateTimeOffset end) =>
        All().SkipWhile(partition => partition.End <= start).TakeWhile(partition => partition.Start < end);

    private protected static PipelineException OutOfRange(string key, Partition first, string? end) => new(
        FailureKind.Window,
        $"partition {key} lies outside this pipeline's range, which begins with {first.Key}{(end is null ? "" : $" and ends before {end}")}",
        "Name a partition in the range, or change the range on the pipeline's class.");

    private protected PipelineException NotAKey(string key) => new(
        FailureKind.Usage, $"'{key}' is not a partition of this pipeline, whose partitions are {KeyForm}", "Name the partition in that form.");
}
