namespace TypedPipelines;

/// <summary>
/// A half-open span of time, <c>[start, end)</c>, in the three forms that a partition column can be compared with.
/// </summary>
public readonly struct Window
{
    internal Window(DateTimeOffset start, DateTimeOffset end, DateOnly startDate, DateOnly endDate)
    {
        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
        StartDate = startDate;
        EndDate = endDate;
    }

    /// <summary>The first instant in the window, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The first instant after the window, UTC.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The first date in the window, in the pipeline's time zone.</summary>
    public DateOnly StartDate { get; }

    /// <summary>The first date after the window, in the pipeline's time zone.</summary>
    public DateOnly EndDate { get; }

    /// <summary>Whether a date lies in the window.</summary>
    /// <param name="date">A date in the pipeline's time zone.</param>
    public bool Contains(DateOnly date) => date >= StartDate && date < EndDate;

    /// <summary>Whether an instant lies in the window.</summary>
    /// <param name="instant">An instant, of kind UTC.</param>
    public bool Contains(DateTime instant) => instant >= Start.UtcDateTime && instant < End.UtcDateTime;

    /// <summary>Whether an instant lies in the window.</summary>
    /// <param name="instant">An instant.</param>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;
}
