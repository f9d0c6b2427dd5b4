namespace TypedPipelines;

/// <summary>
/// The part of a table that one run loads, and that is replaced when the run is made again: what its rows are checked against,
/// and what the load itself fills in.
/// </summary>
public readonly struct RunSlice
{
    private RunSlice(string partition, Window window)
    {
        Partition = partition;
        Window = window;
    }

    /// <summary>The partition's key.</summary>
    public string Partition { get; }

    /// <summary>The partition's window; of a pipeline without windows, the UTC day on which the run started.</summary>
    public Window Window { get; }

    /// <summary>The slice of a run.</summary>
    /// <param name="partition">The run's partition.</param>
    /// <param name="startedAt">When the run started.</param>
    public static RunSlice Of(Partition partition, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(partition);
        return new RunSlice(partition.Key, partition.HasWindow ? partition.Window : DayOf(startedAt));
    }

    private static Window DayOf(DateTimeOffset instant)
    {
        DateOnly date = DateOnly.FromDateTime(instant.UtcDateTime);
        DateOnly next = date == DateOnly.MaxValue ? date : date.AddDays(1);
        return new Window(At(date), At(next), date, next);
    }

    private static DateTimeOffset At(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
