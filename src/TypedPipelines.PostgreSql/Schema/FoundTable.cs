namespace TypedPipelines.PostgreSql;

/// <summary>The table that a contract's name leads to.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Kind">Its kind in PostgreSQL's terms: r for a table, p for a partitioned one.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record FoundTable(uint Id, char Kind, IReadOnlyList<TableColumn> Columns)
{
    internal bool IsTable => Kind is 'r' or 'p';

    /// <summary>Looks for a table; null where there is none.</summary>
    internal static async Task<FoundTable?> FindAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken)
    {
        List<(uint Id, char Kind)> found = await database.QueryAsync(
            "select oid, relkind from pg_catalog.pg_class where oid = to_regclass($1)",
            static row => (row.GetFieldValue<uint>(0), row.GetFieldValue<char>(1)),
            cancellationToken,
            table).ConfigureAwait(false);
        return found.Count == 0 ? null : new FoundTable(found[0].Id, found[0].Kind, await ColumnsAsync(database, table, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<TableColumn>> ColumnsAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken) => await database.QueryAsync(
        """
        select
            a.attname::text,
            case format_type(a.atttypid, a.atttypmod)
                when 'timestamp with time zone' then 'timestamptz'
                when 'time without time zone' then 'time'
                else format_type(a.atttypid, a.atttypmod)
            end,
            c.collname::text,
            a.attnotnull,
            a.atthasdef or a.attidentity <> '',
            case when a.attidentity = 'a' then 'identity' when a.attgenerated <> '' then 'expression' end,
            coalesce(c.collisdeterministic, true)
        from pg_catalog.pg_attribute as a
        join pg_catalog.pg_type as t on t.oid = a.atttypid
        left join pg_catalog.pg_collation as c on c.oid = a.attcollation and a.attcollation <> t.typcollation
        where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """,
        static row => new TableColumn(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.IsDBNull(5) ? null : row.GetString(5))
        {
            IsDeterministic = row.GetBoolean(6),
        },
        cancellationToken,
        table).ConfigureAwait(false);

    /// <summary>An index of a name in the schema of a table, and the table that has it; null for none.</summary>
    internal static async Task<(string Index, string Table)?> FindIndexOwnerAsync(PostgreSqlDatabase database, string table, string index, CancellationToken cancellationToken)
    {
        List<(string, string)> found = await database.QueryAsync(
            """
            select i.indexrelid::regclass::text, i.indrelid::regclass::text
            from pg_catalog.pg_class as t
            join pg_catalog.pg_class as c on c.relnamespace = t.relnamespace and c.relname = $2
            join pg_catalog.pg_index as i on i.indexrelid = c.oid
            where t.oid = to_regclass($1)
            """,
            static row => (row.GetString(0), row.GetString(1)),
            cancellationToken,
            table,
            index).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    internal static Task<bool> HasIndexAsync(PostgreSqlDatabase database, string table, string index, CancellationToken cancellationToken) => database.FindsAsync(
        """
        select 1
        from pg_catalog.pg_index as i
        join pg_catalog.pg_class as c on c.oid = i.indexrelid
        where i.indrelid = to_regclass($1) and c.relname = $2
        """,
        cancellationToken,
        table,
        index);
}
