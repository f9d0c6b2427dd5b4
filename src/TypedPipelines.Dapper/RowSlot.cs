namespace TypedPipelines.Queries;

/// <summary>A member of the row type, to be filled from a column.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="AdmitsNull">Whether null is a value of it.</param>
/// <param name="Optional">Whether there may be no such column.</param>
/// <param name="Default">What it is then.</param>
internal sealed record RowSlot(string Member, string Column, Type Type, bool AdmitsNull, bool Optional, object? Default);
