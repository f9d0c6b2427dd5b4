using System.Globalization;

namespace TypedPipelines;

/// <summary>
/// One object given for two rows. Rows are worked on in batches: filled anew between the two, it would be the second row twice,
/// and the first would be lost. Only the object given just before is looked at, which costs a comparison a row and finds a loop
/// that fills one object.
/// </summary>
internal static class ReusedRow
{
    private const string Next = "Nothing was changed. Make a new object for every row, or make the row type a record without setters, or a struct.";

    internal static PipelineException From(string method, long number) => new(
        FailureKind.Step,
        string.Create(CultureInfo.InvariantCulture, $"{method} gave one object as row {number - 1} and again as row {number}: rows are worked on in batches, so that both would be the later one"),
        Next);

    internal static PipelineException Into(string table, RowPosition first, RowPosition second) => new(
        FailureKind.Step,
        $"one object was given for two rows of the table {table}, made of {first} and of {second}: rows are staged in batches, so that both would be the later one",
        Next);
}
