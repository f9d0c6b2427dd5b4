namespace TypedPipelines.Destinations;

/// <summary>How long to wait before something is tried again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Twice as long each time, and never as long as whoever else was in the way.</summary>
    internal static TimeSpan After(int attempt) => FirstPause * (Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()));
}
