namespace TypedPipelines.Sqlite;

/// <summary>
/// What the declared type of a column says of the values that a statement gives: SQLite converts what is written to it, as far as it can. Expressions have no
/// declared type, and of many names nothing is certain: a <c>datetime</c> holds whatever was written.
/// </summary>
internal static class DeclaredForms
{
    /// <summary>Refuses columns whose declared type holds nothing that the contract's column can be read from.</summary>
    /// <exception cref="PipelineException">There is one.</exception>
    internal static void Check(ResultColumns columns, IReadOnlyList<string?> declared)
    {
        for (int i = 0; i < declared.Count; i++)
        {
            if (declared[i] is { } type && !MayHold(type, columns.Found[i].Type))
            {
                throw columns.Unreadable(columns.Found[i], $"has the type {type}");
            }
        }
    }

    private static bool MayHold(string declared, ColumnType type)
    {
        bool isWhole = type is ColumnType.Boolean or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64;
        bool isReal = type is ColumnType.Single or ColumnType.Double;

        // In the order in which SQLite asks: https://sqlite.org/datatype3.html#determination_of_column_affinity
        return Has("INT") ? isWhole || isReal || type == ColumnType.Decimal
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? !(isWhole || isReal || type == ColumnType.Bytes || (IsNumber() && IsTime(type)))
            : Has("BLOB") ? true
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? isReal || type == ColumnType.Decimal
            : !(Has("DECIMAL") || Has("NUMERIC")) || isWhole || isReal || type == ColumnType.Decimal;

        bool Has(string part) => declared.Contains(part, StringComparison.OrdinalIgnoreCase);

        // A decimal of more digits than a double keeps, as tables of contracts have it: text(precision,scale).
        bool IsNumber() => declared.StartsWith("text(", StringComparison.OrdinalIgnoreCase) && declared.Contains(',', StringComparison.Ordinal);
    }

    private static bool IsTime(ColumnType type) => type is ColumnType.Date or ColumnType.Time or ColumnType.Instant or ColumnType.Guid;
}
