namespace TypedPipelines.Sqlite;

/// <summary>The columns of a table's unique indexes.</summary>
internal static class UniqueColumns
{
    /// <summary>Those of each, in part null where it is of an expression, not of every row or by a collation of its own; and those of the primary key, which need not be one.</summary>
    internal static List<List<string?>> Of(SqliteDatabase database, string table)
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
