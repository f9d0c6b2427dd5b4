namespace TypedPipelines.Running;

/// <summary>Whether the partitions of a pipeline must be loaded one after the other, in the order of the plan, for the tables to come out as they are meant to.</summary>
internal static class LoadOrder
{
    /// <summary>
    /// What a window replaces is no other window's. A merge overwrites what came before it, unless versions say which row is newer; a history and
    /// deletions of what is missing look at what earlier windows left; and a pipeline that reads its own table reads what it has loaded so far.
    /// </summary>
    internal static bool Matters(PipelineDescriptor pipeline) =>
        pipeline.Loads.Any(load => Matters(load.Contract))
        || pipeline.Reads.Any(read => pipeline.Loads.Any(load => load.Contract.DisplayName == read.DisplayName));

    private static bool Matters(TableContract contract) => contract.Strategy switch
    {
        LoadStrategy.ReplacePartition or LoadStrategy.Snapshot or LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile or LoadStrategy.Append => false,
        LoadStrategy.Merge => !contract.KeepsNewest || contract.DeleteMissing is not null || contract.Columns.Any(column => !column.Stored),
        _ => true,
    };
}
