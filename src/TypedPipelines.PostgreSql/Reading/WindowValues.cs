using System.Globalization;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// A window in the form of a table's partition column: as text, for the driver would send the first and the last day of .NET's
/// calendar as infinity.
/// </summary>
internal static class WindowValues
{
    internal static object?[] Of(TableContract contract, Window window)
    {
        if (contract.PartitionColumn is not { } position)
        {
            return [];
        }

        return contract.Columns[position].Type switch
        {
            ColumnType.Date => [Text(window.StartDate), Text(window.EndDate)],
            ColumnType.Instant => [Text(window.Start), Text(window.End)],
            _ => throw new PipelineException(
                FailureKind.Usage,
                $"the partition column {contract.Columns[position].Name} of {contract.DisplayName} is neither a date nor an instant",
                "Name a member of type DateOnly, DateTime or DateTimeOffset in the contract's attribute."),
        };
    }

    private static Literal Text(DateOnly date) => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static Literal Text(DateTimeOffset instant) => new(instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture));
}
