using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A check that compares a run with earlier loads.</summary>
public abstract class HistoryCheck : TableCheck
{
    private protected HistoryCheck(string name)
        : base(name)
    {
    }

    /// <summary>With how many earlier loads, at the most, a run is compared.</summary>
    public int History { get; init; } = HistoryCheckAttribute.DefaultHistory;

    /// <summary>How many of them there must be.</summary>
    public int MinHistory { get; init; } = HistoryCheckAttribute.DefaultMinHistory;

    /// <summary>Whether only windows of the same day of the week are compared.</summary>
    public bool SameWeekday { get; init; }

    /// <summary>What there is to compare with, in words.</summary>
    private protected string Loads => SameWeekday ? "earlier loads of the same weekday" : "earlier loads";

    /// <summary>What was observed of earlier loads; null where those are too few.</summary>
    private protected async Task<double[]?> BaselineAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        IReadOnlyList<double> observed = await table.History.FindAsync(this, cancellationToken).ConfigureAwait(false);
        return observed.Count < Math.Max(1, MinHistory) ? null : [.. observed];
    }

    private protected CheckVerdict TooFew(double observed) =>
        new(CheckOutcome.NotEnoughHistory, observed, $"there are fewer than {Math.Max(1, MinHistory)} {Loads} to compare with");
}
