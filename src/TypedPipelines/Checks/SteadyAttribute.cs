namespace TypedPipelines;

/// <summary>
/// Checks that the mean or the sum of a number is like that of earlier loads: no further from their median than some multiple of their usual distance from
/// it (the median absolute deviation), which a few odd loads among them do not move.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SteadyAttribute : HistoryCheckAttribute
{
    /// <summary>What is allowed unless the check says otherwise.</summary>
    public const double DefaultMaxDeviations = 5;

    /// <summary>Whether the sum is compared, and not the mean.</summary>
    public bool Sum { get; set; }

    /// <summary>
    /// How many deviations are allowed, one being what a standard deviation is where values are normally distributed. 5 unless set. Where earlier loads are all but the same,
    /// a thousandth of their median counts as one.
    /// </summary>
    public double MaxDeviations { get; set; } = DefaultMaxDeviations;
}
