namespace TypedPipelines.Running;

/// <summary>Why a load cannot be undone, and what to do instead.</summary>
internal static class UndoRefusal
{
    internal static PipelineException NotKept(PipelineDescriptor pipeline, Partition partition, TableContract table)
    {
        (string why, string next) = table.Strategy switch
        {
            LoadStrategy.Merge => (
                "a merge keeps nothing of the rows that it changes",
                $"Correct the source or the code and run the partition again ({Run(pipeline, partition)}), which sets right every key that the batch has. Rows that should never have come are deleted by a [DeleteMissing] or a delete marker, or by hand."),
            LoadStrategy.History => (
                "a history is not a state that was replaced, but versions among others",
                $"Correct the source or the code and run the partition again ({Run(pipeline, partition)}): a run first takes back what its window did before."),
            LoadStrategy.Append => (
                "what was appended is not told apart from the rest",
                "Delete its rows by hand; and have the contract use [ReplaceRun], so that a run can be made again."),
            _ => (
                "its contract does not ask for what a load replaces to be kept",
                $"Correct the source or the code and run the partition again ({Run(pipeline, partition)}). To be able to undo the loads to come, put [KeepReplaced] on {table.RowType.Name}."),
        };
        return new PipelineException(
            FailureKind.Usage, $"the last load of {pipeline.Name} {partition.Key} cannot be undone: it went into {table.DisplayName}, and {why}", $"Nothing was changed. {next}");
    }

    internal static PipelineException NotLoaded(PipelineDescriptor pipeline, Partition partition) => new(
        FailureKind.Usage, $"there is no load of {pipeline.Name} {partition.Key} to undo: it has not been loaded", "Nothing was changed. `status` shows what is.");

    internal static PipelineException NothingKept(PipelineDescriptor pipeline, Partition partition) => new(
        FailureKind.Usage,
        $"the last load of {pipeline.Name} {partition.Key} cannot be undone: what it replaced is not kept. It was made before the contract said [KeepReplaced], or with another shape of the table, or the table has been loaded by another pipeline since",
        $"Nothing was changed. Correct the source or the code and run the partition again ({Run(pipeline, partition)}); that load can be undone.");

    private static string Run(PipelineDescriptor pipeline, Partition partition) => $"`run {pipeline.Name} --partition {partition.Key}`";
}
