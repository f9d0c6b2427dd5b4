namespace TypedPipelines.Destinations;

/// <summary>The columns by which loads find the rows of a table again. A value that is not a row's own there has the next run pass the row over, or take it for another.</summary>
internal static class FindingColumns
{
    /// <param name="contract">The table.</param>
    /// <param name="position">The position of a column in the contract.</param>
    internal static bool Has(TableContract contract, int position)
    {
        Column column = contract.Columns[position];
        // Which text names the run or the file, only the generated code knows.
        return column.Key
            || position == contract.WindowColumn
            || position == contract.EndColumn
            || (contract.Strategy is LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile && column is { Type: ColumnType.String, Nullable: false });
    }

    /// <summary>A column of the contract that a table does not have, where an unknown one may be it under another name; null where there is none.</summary>
    /// <param name="contract">The table.</param>
    /// <param name="isThere">Whether the table has a column of a name.</param>
    internal static string? FirstMissing(TableContract contract, Func<string, bool> isThere) =>
        contract.Columns.FirstOrDefault(column => column.Stored && !isThere(column.Name))?.Name;
}
