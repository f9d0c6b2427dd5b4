namespace TypedPipelines.Sqlite;

/// <summary>The columns that a contract has gained since its table was made, and that may be added without asking: those that may be null, but for the end of a history's versions, without which every one of them is current.</summary>
internal static class ColumnAdditions
{
    /// <summary>The columns that are missing; none where the table is, or where one is missing that cannot be added.</summary>
    internal static IReadOnlyList<SqliteColumnShape> Of(SqliteDatabase database, SqliteDatabase scratch, TableContract contract)
    {
        SqliteTableShape found = SqliteTableShape.Of(database, contract.Table);
        return found.Columns.Count == 0
            ? []
            : [.. SqliteTableShape.Of(scratch, contract.Table).Columns.Where(column => !column.NotNull && found.Find(column.Name) is null && !IsEnd(contract, column))];
    }

    private static bool IsEnd(TableContract contract, SqliteColumnShape column) =>
        contract.EndColumn is { } end && contract.Columns[end].Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase);

    internal static string Sql(TableContract contract, SqliteColumnShape column) =>
        $"alter table main.{Quote(contract.Table)} add column {Quote(column.Name)} {column}";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
