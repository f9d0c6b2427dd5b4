namespace TypedPipelines.Running;

/// <summary>What a check may ask of the rows of one table before they are published.</summary>
internal sealed class CheckedTable(ILoadInput load, RunContext context, IStagedRows staged, CheckHistory history)
{
    internal TableContract Contract => load.Contract;

    internal Partition Partition => context.Partition;

    internal DateTimeOffset StartedAt => context.StartedAt;

    /// <summary>How many rows are about to be loaded.</summary>
    internal long Rows { get; } = staged.RowsOf(load.Contract);

    /// <summary>How many rows checks of single rows were made of.</summary>
    internal long RowsAsked => load.Checked;

    internal CheckHistory History => history;

    internal RowTally TallyOf(RowCheck check) => load.TallyOf(PlaceOf(check));

    internal CheckMeasure MeasureOf(TableCheck check) => load.MeasureOf(PlaceOf(check));

    /// <summary>Runs the statement of a check.</summary>
    internal Task<FoundRows> FindAsync(string check, SqlStatement statement, IReadOnlyList<TableContract> reads, CancellationToken cancellationToken) =>
        FindAsync(new SqlQuery(check, Contract, statement, reads, staged.Tables), cancellationToken);

    /// <summary>Runs the statement of a declared check, as the destination's plan has it.</summary>
    internal Task<FoundRows> FindDeclaredAsync(string check, CancellationToken cancellationToken)
    {
        CheckStatement statement = staged.PlanOf(Contract).Checks.FirstOrDefault(each => each.Check == check) ?? throw new PipelineException(
            FailureKind.Usage, $"the check {check} of {Contract.DisplayName} has no statement for this destination", "Rebuild the project that declares the row type's pipeline.");
        string text = statement.NorStaged is { } norStaged && staged.Tables.Any(table => table.DisplayName == statement.Other) ? $"{statement.Sql}\n{norStaged}" : statement.Sql;
        return FindAsync(new SqlQuery(check, Contract, Sql.OfText(text), [], staged.Tables), cancellationToken);
    }

    private async Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await staged.FindAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e)
        {
            throw query.Failure(e);
        }
    }

    private int PlaceOf(TableCheck check)
    {
        int place = 0;
        while (!ReferenceEquals(Contract.Checks[place], check))
        {
            place++;
        }

        return place;
    }
}
