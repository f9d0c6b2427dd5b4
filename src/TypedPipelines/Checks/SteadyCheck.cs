using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Checks that the mean or sum of a number is like that of earlier loads: see <see cref="SteadyAttribute"/>.</summary>
/// <param name="name">The name in the ledger.</param>
/// <param name="column">The position of the column.</param>
public sealed class SteadyCheck(string name, int column) : HistoryCheck(name)
{
    /// <summary>Loads of one value alone would otherwise make an anomaly of the least difference.</summary>
    private const double LeastDeviation = 0.001;

    /// <summary>The position of the column.</summary>
    public int Column { get; } = column;

    /// <summary>Whether the sum is compared, and not the mean.</summary>
    public bool Sum { get; init; }

    /// <summary>How many deviations are allowed.</summary>
    public double MaxDeviations { get; init; } = SteadyAttribute.DefaultMaxDeviations;

    /// <inheritdoc/>
    public override string Expected => $"the {What} to lie within {CheckNumber.Show(MaxDeviations)} deviations of the median of {Loads}";

    private string What => Sum ? "sum" : "mean";

    internal override async Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        CheckMeasure measure = table.MeasureOf(this);
        if (measure.Values == 0 && !Sum)
        {
            return new CheckVerdict(CheckOutcome.Skipped, null, "no row has a value, so that there is no mean");
        }

        double observed = Sum ? measure.Sum : measure.Sum / measure.Values;
        if (!double.IsFinite(observed))
        {
            return new CheckVerdict(Broken, null, $"the {What} is no finite number");
        }

        if (await BaselineAsync(table, cancellationToken).ConfigureAwait(false) is not { } baseline)
        {
            return TooFew(observed);
        }

        double median = Baseline.Median(baseline);
        double deviation = Math.Max(Baseline.Deviation(baseline, median), LeastDeviation * Math.Abs(median));
        return Math.Abs(observed - median) <= MaxDeviations * deviation
            ? new CheckVerdict(CheckOutcome.Passed, observed)
            : new CheckVerdict(
                Broken,
                observed,
                $"the {What} is {CheckNumber.Show(observed)}, and the median of {baseline.Length} {Loads} is {CheckNumber.Show(median)} with a deviation of {CheckNumber.Show(deviation)}");
    }
}
