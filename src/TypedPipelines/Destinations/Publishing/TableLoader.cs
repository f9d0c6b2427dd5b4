namespace TypedPipelines.Destinations;

/// <summary>
/// Who loads a table: a pipeline, and the way it cuts its partitions. The ledger notes it, for runs of one loader never delete what another
/// of them inserts, and those of two may.
/// </summary>
internal static class TableLoader
{
    /// <summary>A run's loader as the ledger has it.</summary>
    internal static string Of(RunIdentity run) => $"{run.Pipeline} {run.Partition.Cut}";

    /// <summary>Whether it matters who else loads a table. What is only ever appended to is twice in it however it is run.</summary>
    internal static bool MattersTo(TableContract contract) => contract.Strategy != LoadStrategy.Append;

    /// <summary>Whether two runs of one loader never touch the same rows of a table.</summary>
    internal static bool KeepsRunsApart(TableContract contract) =>
        contract.Strategy is LoadStrategy.ReplacePartition or LoadStrategy.Snapshot or LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile;

    /// <summary>The other pipeline that a table was loaded by; null where it was this one, or nobody.</summary>
    /// <param name="run">The run that loads it now.</param>
    /// <param name="before">Who loaded it last, as the ledger has it.</param>
    internal static string? OtherPipeline(RunIdentity run, string? before) => PipelineOf(before) is { } pipeline && pipeline != run.Pipeline ? pipeline : null;

    /// <summary>The pipeline that a loader is of, as the ledger has it; null for nobody.</summary>
    internal static string? PipelineOf(string? loader)
    {
        // A pipeline's name may hold spaces, and so may the name of a time zone behind the type of the partition.
        int at = loader?.LastIndexOf(nameof(Partition), StringComparison.Ordinal) ?? -1;
        int space = at < 0 ? -1 : loader!.LastIndexOf(' ', at);
        return space < 0 ? loader : loader![..space];
    }
}
