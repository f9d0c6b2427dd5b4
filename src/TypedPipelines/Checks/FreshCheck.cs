using System.Globalization;
using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Checks that the latest time in a member is not long ago: see <see cref="FreshAttribute"/>.</summary>
/// <param name="name">The name in the ledger.</param>
/// <param name="column">The position of the column.</param>
/// <param name="within">How long it may be before the end of the window, or the start of the run.</param>
public sealed class FreshCheck(string name, int column, TimeSpan within) : TableCheck(name)
{
    /// <summary>The position of the column.</summary>
    public int Column { get; } = column;

    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a time no more than {within:c} before the end of the window, or the start of the run");

    internal override Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        bool hasEnded = table.Partition.HasWindow && table.Partition.End <= table.StartedAt;
        DateTimeOffset until = hasEnded ? table.Partition.End : table.StartedAt;
        string columnName = table.Contract.Columns[Column].Name;
        if (table.MeasureOf(this).Latest is not { } latest)
        {
            return Task.FromResult(new CheckVerdict(Broken, null, $"no row has a {columnName}"));
        }

        // How old the latest is, in seconds; a time after the end is as fresh as can be.
        double age = Math.Max(0, (until - latest).TotalSeconds);
        return Task.FromResult(until - latest <= within
            ? new CheckVerdict(CheckOutcome.Passed, age)
            : new CheckVerdict(Broken, age, string.Create(
                CultureInfo.InvariantCulture,
                $"the latest {columnName} is {latest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, {until - latest:c} before {(hasEnded ? "the end of the window" : "the start of the run")}")));
    }
}
