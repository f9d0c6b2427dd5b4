namespace TypedPipelines.Tests.Contracts;

/// <summary>Columns in one word each.</summary>
internal static class Col
{
    /// <summary>The longest text of a key that every destination can index.</summary>
    internal const int LongestKeyText = 400;

    internal static Column Key(string name, ColumnType type = ColumnType.Int64, bool nullable = false) =>
        new(name, name, type, nullable, Key: true, MaxLength: type == ColumnType.String ? LongestKeyText : null);

    internal static Column Value(string name, ColumnType type = ColumnType.Int64, bool nullable = true) => new(name, name, type, nullable);

    internal static Column Decimal(string name, int precision, int scale, bool key = false, bool nullable = false) =>
        new(name, name, ColumnType.Decimal, nullable, key, Precision: precision, Scale: scale);
}
