namespace TypedPipelines.Running;

/// <summary>How a run behaves.</summary>
public sealed class RunOptions
{
    /// <summary>How long to wait for another run of the same partition before failing. 30 seconds unless set; zero fails at once.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long nothing must have been written to a file that is a partition, before it is loaded. A run waits that long at the most, then
    /// fails where the file has grown. 2 seconds unless set.
    /// </summary>
    public TimeSpan FileQuiet { get; init; } = TimeSpan.FromSeconds(2);
}
