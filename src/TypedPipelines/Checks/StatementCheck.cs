using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A check whose statement selects what is wrong with the staged rows.</summary>
/// <param name="name">The name in the ledger.</param>
/// <param name="statementOf">Gives its statement for a partition.</param>
/// <param name="reads">Gives the tables that it reads besides. They are asked for late: contracts may name each other, and themselves.</param>
public sealed class StatementCheck(string name, Func<Partition, SqlStatement> statementOf, Func<IReadOnlyList<TableContract>> reads) : TableCheck(name)
{
    /// <summary>How many rows it may find; null for no such number.</summary>
    public long? MaxRows { get; init; }

    /// <summary>How many rows it may find, as a share of those that are staged; null for no such share.</summary>
    public double? MaxShare { get; init; }

    /// <inheritdoc/>
    public override string Expected => Tolerance.Describe(Severity);

    /// <summary>The tables that it reads besides.</summary>
    public IReadOnlyList<TableContract> Reads => reads();

    internal override IEnumerable<string> OtherTables => Reads.Select(table => table.DisplayName);

    internal override bool ReadsStagedRows => true;

    private CheckTolerance Tolerance => new(MaxRows, MaxShare);

    internal override async Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        FoundRows found = await table.FindAsync(Name, StatementOf(table), Reads, cancellationToken).ConfigureAwait(false);
        return new CheckVerdict(
            Tolerance.Judge(Severity, found.Count, table.Rows), found.Count, found.Count == 0 ? null : $"its statement finds {CheckNumber.Rows(found.Count)}")
        {
            Sample = found.Sample,
        };
    }

    private SqlStatement StatementOf(CheckedTable table)
    {
        try
        {
            return statementOf(table.Partition) ?? throw new PipelineException(
                FailureKind.Step, $"the check {Name} of {table.Contract.DisplayName} gave null for a statement", "Give one for every partition: it may select no rows.");
        }
        catch (Exception e) when (e is not PipelineException)
        {
            throw new PipelineException(
                FailureKind.Step,
                $"the check {Name} of {table.Contract.DisplayName} threw {e.GetType().Name}: {e.Message.TrimEnd('.')}",
                "Nothing was changed. Mend the check; --verbose shows the stack trace.",
                e);
        }
    }
}
