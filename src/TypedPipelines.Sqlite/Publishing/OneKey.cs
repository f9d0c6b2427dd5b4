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

        List<List<string?>> unique = Unique(database, contract.Table);
        string[] key = [.. contract.Columns.Where(column => column.Key).Select(column => column.Name)];
        return unique.Count > 0 && unique.TrueForAll(columns => IsKey(columns, key));
    }

    private static bool IsKey(List<string?> columns, string[] key) =>
        columns.Count == key.Length && key.All(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The columns of each unique index, in part null where it is of an expression, not of every row or by a collation of its own; and those of the primary key, which need not be one.</summary>
    private static List<List<string?>> Unique(SqliteDatabase database, string table)
    {
        using SqliteQuery columns = database.Prepare(
            """
            select list.seq, iif(list.partial or info.coll <> 'BINARY' collate nocase, null, info.name)
            from pragma_index_list(@table, 'main') as list
            join pragma_index_xinfo(list.name, 'main') as info
            where list."unique" = 1 and info.key = 1
            union all
            select -1, name
            from pragma_table_info(@table, 'main')
            where pk > 0
            order by 1
            """,
            ("@table", table));
        var unique = new List<List<string?>>();
        long last = long.MinValue;
        while (columns.Step())
        {
            if (columns.Number(0) != last)
            {
                last = columns.Number(0);
                unique.Add([]);
            }

            unique[^1].Add(columns.Text(1));
        }

        return unique;
    }
}
