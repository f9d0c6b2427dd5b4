using System.Globalization;

namespace TypedPipelines;

/// <summary>A row that is null where the type says that it cannot be.</summary>
internal static class NullRow
{
    internal static PipelineException From(string method, long number) => new(
        FailureKind.Step,
        string.Create(CultureInfo.InvariantCulture, $"{method} gave null as row {number}"),
        "Nothing was changed. Leave such rows out, or make the step a filter-map, whose return type admits null.");

    /// <summary>No rows at all, not even an empty sequence.</summary>
    internal static PipelineException InsteadOfRows() => new(
        FailureKind.Step,
        "it gave null, where rows were expected",
        "Nothing was changed. Have the method give an empty sequence where there are no rows, and never null.");

    internal static PipelineException Into(string table, RowPosition position) => new(
        FailureKind.Step,
        $"a null row was made of {position} for the table {table}",
        "Nothing was changed. Declare the step's return type nullable, and null drops the row; or mend the step.");
}
