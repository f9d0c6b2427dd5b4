namespace TypedPipelines.Running;

/// <summary>What a destination can be asked of the rows that it has staged, before the transaction that publishes them.</summary>
internal interface IStagedRows
{
    /// <summary>The tables whose rows are staged.</summary>
    IReadOnlyList<TableContract> Tables { get; }

    /// <summary>The load SQL of a table.</summary>
    LoadPlan PlanOf(TableContract contract);

    /// <summary>How many rows of a table are about to be loaded.</summary>
    long RowsOf(TableContract contract);

    /// <summary>Runs a statement that selects what is wrong, and changes nothing.</summary>
    Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken);
}
