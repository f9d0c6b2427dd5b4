namespace TypedPipelines.Destinations;

/// <summary>
/// What a table that is loaded by key must hold once. Tables that a destination creates do; one that somebody else made may not, and then
/// nothing but the loads themselves keeps a key from being in it twice, and each looks through the whole table.
/// </summary>
internal static class TableKey
{
    /// <summary>The columns that the table must hold once; null where the load does not rely on any, or the destination creates an index for it.</summary>
    internal static IReadOnlyList<string>? Of(TableContract contract)
    {
        if (contract.Strategy is not (LoadStrategy.Merge or LoadStrategy.History) || contract.Columns.Any(column => column is { Key: true, Nullable: true }))
        {
            return null;
        }

        // A history holds a key once at a time.
        return [.. contract.Columns.Where((column, i) => column.Key || (contract.Strategy == LoadStrategy.History && i == contract.PartitionColumn)).Select(column => column.Name)];
    }

    /// <summary>The failure of a start: no unique index of the table is on these columns, or on some of them.</summary>
    /// <param name="contract">The table's contract.</param>
    /// <param name="database">The database, for people.</param>
    /// <param name="create">The statement that would create one.</param>
    internal static PipelineException Missing(TableContract contract, string database, string create) => new(
        FailureKind.Schema,
        $"the table {contract.DisplayName} of {database} has no unique index on its contract's key ({string.Join(", ", Of(contract)!)}): a key could be in it twice, and a load would look through all of it",
        $"Nothing was changed. Correct the contract's key; or create the index, which fails where a key is there twice, with: {create}");
}
