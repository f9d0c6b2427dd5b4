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

    /// <summary>The failure of one whose table keeps rows without an error: the new ones would be beside the old.</summary>
    internal static PipelineException Silent(TableContract contract) => new(
        FailureKind.Destination,
        $"rows that are in the table {contract.DisplayName}, and that this load replaces or deletes, are still there after they were deleted: something of the table's passes over deletions without an error, or puts rows back",
        "Nothing was changed. Look at the table's triggers, such as those for soft deletes, and at its row-level security: take that away, have it admit the loader, or have it fail, which fails such a load.");
}
