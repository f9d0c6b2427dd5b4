namespace TypedPipelines.Sqlite;

/// <summary>The slice of a run as parameters, in the form of the column that goes by it.</summary>
internal static class SliceValues
{
    internal static (string Name, object? Value)[] Of(TableContract contract, RunSlice slice) =>
        [("@partition", slice.Partition), .. contract.WindowColumn is { } column ? Of(contract.Columns[column].Type, slice.Window) : []];

    internal static (string Name, object? Value)[] Of(ColumnType type, Window window) => type == ColumnType.Date
        ? [("@start", SqliteText.Of(window.StartDate)), ("@end", SqliteText.Of(window.EndDate))]
        : [("@start", SqliteText.Of(window.Start)), ("@end", SqliteText.Of(window.End))];
}
