namespace TypedPipelines;

/// <summary>
/// Checks that the latest time in a member is not long before the end of the run's window; before the start of the run, where there is no window or it
/// has not ended.
/// </summary>
/// <param name="within">How long before, such as <c>06:00:00</c> or <c>2.00:00:00</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FreshAttribute(string within) : SetCheckAttribute
{
    /// <summary>How long before.</summary>
    public string Within { get; } = within;
}
