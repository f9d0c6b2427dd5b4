namespace TypedPipelines;

/// <summary>A SQL step of a pipeline.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="StatementOf">Gives its statement for a partition.</param>
/// <param name="Contract">The contract of its rows.</param>
/// <param name="Reads">The tables that it reads.</param>
public sealed record SqlStepDescriptor(string Name, Func<Partition, SqlStatement> StatementOf, IRowContract Contract, IReadOnlyList<TableContract> Reads)
{
    /// <summary>The columns that the load fills in, by their place in the contract: the statement may leave them out.</summary>
    public IReadOnlyList<int> Filled { get; init; } = [];

    /// <summary>How many earlier windows are read of each table, in the order of <see cref="Reads"/>; fewer, where the rest is 0.</summary>
    public IReadOnlyList<int> EarlierWindows { get; init; } = [];

    internal SqlQuery QueryOf(string pipeline, Partition partition) => new(
        pipeline,
        Name,
        StatementOf(partition) ?? throw new PipelineException(FailureKind.Step, "it gave null for a statement", "Give one for every partition: it may select no rows."),
        Reads,
        Filled);
}
