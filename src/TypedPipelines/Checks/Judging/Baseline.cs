namespace TypedPipelines.Running;

/// <summary>What is usual among some numbers, in a way that a few odd ones do not move.</summary>
internal static class Baseline
{
    /// <summary>What the median absolute deviation of a normal distribution is multiplied by to be its standard deviation.</summary>
    private const double ToStandardDeviation = 1.4826;

    internal static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>How far values usually lie from their median.</summary>
    internal static double Deviation(IReadOnlyCollection<double> values, double median) =>
        ToStandardDeviation * Median([.. values.Select(value => Math.Abs(value - median))]);
}
