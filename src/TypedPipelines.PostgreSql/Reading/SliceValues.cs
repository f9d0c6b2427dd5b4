using System.Globalization;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// The slice of a run as parameters, in the form of the column that goes by it: as text, for the driver would send the first and the
/// last day of .NET's calendar as infinity.
/// </summary>
internal static class SliceValues
{
    internal static object?[] Of(TableContract contract, RunSlice slice) => contract.Strategy is LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile
        ? [slice.Partition]
        : contract.WindowColumn is { } column ? Of(contract.Columns[column].Type, slice.Window) : [];

    internal static object?[] Of(ColumnType type, Window window) => type == ColumnType.Date
        ? [Text(window.StartDate), Text(window.EndDate)]
        : [Text(window.Start), Text(window.End)];

    private static Literal Text(DateOnly date) => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static Literal Text(DateTimeOffset instant) => new(instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture));
}
