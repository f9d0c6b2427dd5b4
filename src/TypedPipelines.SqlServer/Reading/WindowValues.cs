namespace TypedPipelines.SqlServer;

/// <summary>A window in the form of a table's partition column, as the parameters of a statement.</summary>
internal static class WindowValues
{
    internal static (string Name, object? Value)[] Of(TableContract contract, Window window)
    {
        if (contract.PartitionColumn is not { } position)
        {
            return [];
        }

        return contract.Columns[position].Type switch
        {
            ColumnType.Date => [("@start", window.StartDate), ("@end", window.EndDate)],
            ColumnType.Instant => [("@start", window.Start), ("@end", window.End)],
            _ => throw new PipelineException(
                FailureKind.Usage,
                $"the partition column {contract.Columns[position].Name} of {contract.DisplayName} is neither a date nor an instant",
                "Name a member of type DateOnly, DateTime or DateTimeOffset in the contract's attribute."),
        };
    }
}
