using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Checks how many rows a run loads: see <see cref="RowCountAttribute"/>.</summary>
/// <param name="name">The name in the ledger.</param>
public sealed class RowCountCheck(string name) : HistoryCheck(name)
{
    /// <summary>The fewest rows; null for no such number.</summary>
    public long? Minimum { get; init; }

    /// <summary>The most rows; null for no such number.</summary>
    public long? Maximum { get; init; }

    /// <summary>The smallest share of the median of earlier loads; null for none.</summary>
    public double? MinShareOfMedian { get; init; }

    /// <summary>The greatest share of the median of earlier loads; null for none.</summary>
    public double? MaxShareOfMedian { get; init; }

    /// <inheritdoc/>
    public override string Expected => string.Join(", ", Limits());

    private bool Compares => MinShareOfMedian is not null || MaxShareOfMedian is not null;

    internal override async Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        long rows = table.Rows;
        if (rows < Minimum || rows > Maximum)
        {
            return new CheckVerdict(Broken, rows, ThereAre(rows));
        }

        if (!Compares)
        {
            return new CheckVerdict(CheckOutcome.Passed, rows);
        }

        if (await BaselineAsync(table, cancellationToken).ConfigureAwait(false) is not { } baseline)
        {
            return TooFew(rows);
        }

        double median = Baseline.Median(baseline);
        return median == 0 ? new CheckVerdict(CheckOutcome.NotEnoughHistory, rows, $"the median of {baseline.Length} {Loads} is no row, of which there is no share")
            : rows < MinShareOfMedian * median || rows > MaxShareOfMedian * median
                ? new CheckVerdict(Broken, rows, $"{ThereAre(rows)}, {CheckNumber.Percent(rows / median)} of {CheckNumber.Show(median)}, the median of {baseline.Length} {Loads}")
                : new CheckVerdict(CheckOutcome.Passed, rows);
    }

    private static string ThereAre(long rows) => $"there {(rows == 1 ? "is" : "are")} {CheckNumber.Rows(rows)}";

    private IEnumerable<string> Limits()
    {
        if (Minimum is { } least)
        {
            yield return $"at least {CheckNumber.Rows(least)}";
        }

        if (Maximum is { } most)
        {
            yield return $"at most {CheckNumber.Rows(most)}";
        }

        if (MinShareOfMedian is { } smallest)
        {
            yield return $"at least {CheckNumber.Percent(smallest)} of the median of {Loads}";
        }

        if (MaxShareOfMedian is { } greatest)
        {
            yield return $"at most {CheckNumber.Percent(greatest)} of the median of {Loads}";
        }
    }
}
