using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A check of single rows: <see cref="TableContract{TRow}.FindFailedCheck"/> asks it while they pass.</summary>
/// <param name="name">The name in the ledger.</param>
public sealed class RowCheck(string name) : TableCheck(name)
{
    /// <summary>How many rows may break it; null for no such number.</summary>
    public long? MaxRows { get; init; }

    /// <summary>The share of the rows that may break it; null for no such share.</summary>
    public double? MaxShare { get; init; }

    /// <inheritdoc/>
    public override string Expected => Tolerance.Describe(Severity);

    private CheckTolerance Tolerance => new(MaxRows, MaxShare);

    internal override Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        RowTally tally = table.TallyOf(this);
        return Task.FromResult(new CheckVerdict(
            Tolerance.Judge(Severity, tally.Broken, table.RowsAsked),
            tally.Broken,
            tally.Broken == 0 ? null : $"{tally.Broken} of {CheckNumber.Rows(table.RowsAsked)} break it")
        {
            Sample = tally.Sample,
        });
    }
}
