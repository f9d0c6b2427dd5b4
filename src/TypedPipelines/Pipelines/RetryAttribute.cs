namespace TypedPipelines;

/// <summary>
/// Tries an asynchronous step again for a row for which it threw: after a pause that doubles each time, with some chance in it, so that
/// many rows do not come back at one moment. Nothing is tried again once the run is cancelled.
/// </summary>
/// <param name="attempts">How often it is tried again, from 1.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetryAttribute(int attempts) : Attribute
{
    /// <summary>How often it is tried again.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>The first pause, in milliseconds.</summary>
    public int DelayMilliseconds { get; set; } = 200;
}
