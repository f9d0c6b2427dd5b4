namespace TypedPipelines.Sqlite;

/// <summary>
/// Whether a table holds nothing once but the contract's key, so that an upsert does as an update and an insert would. It does not where a
/// trigger looks on, which would see an insert of every row; where another value is unique, too, or the key by another collation than the
/// contract's; or where the table's declaration has checks, which would be asked of rows that are then updated, or says itself what is to happen
/// in a conflict.
/// </summary>
internal static class OneKey
{
    internal static bool IsOf(SqliteDatabase database, TableContract contract)
    {
        const string listensOrDeclaresMore = """
            select 1
            from main.sqlite_master
            where tbl_name = @table collate nocase
            and (type = 'trigger' or (type = 'table' and (sql like '%check%' or sql like '%conflict%')))
            """;
        if (database.Find(listensOrDeclaresMore, ("@table", contract.Table)) is not null)
        {
            return false;
        }

        List<List<string?>> unique = UniqueColumns.Of(database, contract.Table);
        string[] key = [.. contract.Columns.Where(column => column.Key).Select(column => column.Name)];
        return unique.Count > 0 && unique.TrueForAll(columns => IsKey(columns, key));
    }

    private static bool IsKey(List<string?> columns, string[] key) =>
        columns.Count == key.Length && key.All(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));
}
