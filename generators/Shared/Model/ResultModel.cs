namespace TypedPipelines.Compilation.Model;

/// <summary>A row type that is read from the result of a statement and has no table.</summary>
/// <param name="Row">The row type, and how one is made.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record ResultModel(RowModel Row, EquatableArray<ColumnModel> Columns);
