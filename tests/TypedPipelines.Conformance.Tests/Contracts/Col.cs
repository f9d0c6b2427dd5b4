namespace TypedPipelines.Tests.Contracts;

/// <summary>Columns in one word each.</summary>
internal static class Col
{
    internal static Column Key(string name, ColumnType type = ColumnType.Int64, bool nullable = false) => new(name, name, type, nullable, Key: true);

    internal static Column Value(string name, ColumnType type = ColumnType.Int64, bool nullable = true) => new(name, name, type, nullable);

    internal static Column Decimal(string name, int precision, int scale, bool key = false, bool nullable = false) =>
        new(name, name, ColumnType.Decimal, nullable, key, Precision: precision, Scale: scale);
}
