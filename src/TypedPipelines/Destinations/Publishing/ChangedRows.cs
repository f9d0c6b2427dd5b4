namespace TypedPipelines.Destinations;

/// <summary>The failure of a publish whose rows came into the table with other values than those by which the next run finds them.</summary>
internal static class ChangedRows
{
    internal static PipelineException Of(TableContract contract, long rows) => new(
        FailureKind.Destination,
        $"{rows} rows that this load has inserted into the table {contract.DisplayName} are not found there by {FoundBy(contract)}: a trigger of the table has changed or removed it, or a policy hides them, and the next run would insert them again beside these",
        "Nothing was changed. Look at the table's triggers: have them leave these columns as they come, and change the values in a step instead; and at its row-level security: have it show the loader what it loads.");

    private static string FoundBy(TableContract contract) => contract.Strategy switch
    {
        LoadStrategy.Merge => "their key",
        LoadStrategy.History => "their key and the start of their version",
        LoadStrategy.ReplaceFile => "the name of their file",
        LoadStrategy.ReplaceRun => "the name of their partition",
        _ => "the window that they belong to",
    };
}
