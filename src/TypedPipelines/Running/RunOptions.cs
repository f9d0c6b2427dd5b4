namespace TypedPipelines.Running;

/// <summary>How a run behaves.</summary>
public sealed record RunOptions
{
    /// <summary>How long to wait for another run of the same partition before failing. 30 seconds unless set; zero fails at once.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long nothing must have been written to a file before it is loaded. A run waits that long at the most, then fails where the file
    /// has grown, as it does where one changes while it is read. 2 seconds unless set.
    /// </summary>
    public TimeSpan FileQuiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many partitions are loaded at the same time. 1 unless set. Those of a pipeline whose order matters (a merge without a version, a
    /// history) come one after the other all the same, and no pipeline begins before those whose tables it reads have ended.
    /// </summary>
    public int Parallel { get; init; } = 1;

    /// <summary>After how many failed partitions no other is begun. Null, which it is unless set, for never.</summary>
    public int? MaxFailures { get; init; }
}
