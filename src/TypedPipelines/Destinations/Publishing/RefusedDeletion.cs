namespace TypedPipelines.Destinations;

/// <summary>
/// The failure of a publish whose table does not let go of rows that are there. Nothing is wrong with the rows that came.
/// </summary>
internal static class RefusedDeletion
{
    /// <summary>Whether a statement deletes rows that no row of the batch names, as a delete marker does.</summary>
    internal static bool Is(TableContract contract, LoadStatement statement) =>
        statement.Effect == LoadEffect.DeleteMissing || (statement.Effect == LoadEffect.Delete && contract.Strategy != LoadStrategy.Merge);

    internal static PipelineException Of(TableContract contract, string reason, Exception? cause) => new(
        FailureKind.Destination,
        $"rows that are in the table {contract.DisplayName}, and that this load replaces or deletes, could not be deleted ({reason.TrimEnd('.')})",
        "Nothing was changed. Look at what keeps them, such as a foreign key of another table, or a trigger: delete or move what refers to them first, or merge by key, which deletes no row that comes again.",
        cause);
}
