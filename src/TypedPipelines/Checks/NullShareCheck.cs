using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Checks in how many rows a member is null: see <see cref="MaxNullShareAttribute"/>.</summary>
/// <param name="name">The name in the ledger.</param>
/// <param name="column">The position of the column.</param>
/// <param name="share">The share of the rows in which it may be.</param>
public sealed class NullShareCheck(string name, int column, double share) : TableCheck(name)
{
    /// <summary>The position of the column.</summary>
    public int Column { get; } = column;

    /// <inheritdoc/>
    public override string Expected => $"null in at most {CheckNumber.Percent(share)} of the rows";

    internal override Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        CheckMeasure measure = table.MeasureOf(this);
        long rows = measure.Nulls + measure.Values;
        double observed = rows == 0 ? 0 : (double)measure.Nulls / rows;
        return Task.FromResult(observed <= share
            ? new CheckVerdict(CheckOutcome.Passed, observed)
            : new CheckVerdict(Broken, observed, $"{table.Contract.Columns[Column].Name} is null in {measure.Nulls} of {CheckNumber.Rows(rows)}, {CheckNumber.Percent(observed)}"));
    }
}
