namespace TypedPipelines.Running;

/// <summary>How a run behaves.</summary>
public sealed class RunOptions
{
    /// <summary>How long to wait for another run of the same partition before failing. 30 seconds unless set; zero fails at once.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);
}
