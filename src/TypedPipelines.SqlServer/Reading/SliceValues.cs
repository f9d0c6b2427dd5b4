namespace TypedPipelines.SqlServer;

/// <summary>The slice of a run as the parameters of a statement, in the form of the column that goes by it.</summary>
internal static class SliceValues
{
    internal static (string Name, object? Value)[] Of(TableContract contract, RunSlice slice) =>
        [("@partition", slice.Partition), .. contract.WindowColumn is { } column ? Of(contract.Columns[column].Type, slice.Window) : []];

    internal static (string Name, object? Value)[] Of(ColumnType type, Window window) => type == ColumnType.Date
        ? [("@start", window.StartDate), ("@end", window.EndDate)]
        : [("@start", window.Start), ("@end", window.End)];
}
