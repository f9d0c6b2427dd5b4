using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>What hears of writes to a table: triggers, before or after them, also those of its partitions and of tables that inherit, and policies for its rows.</summary>
internal static class ListenersOfTable
{
    /// <summary>The bits say that a trigger is fired by a deletion, and by an insertion.</summary>
    private const string Find = """
        select row_security_active(t.oid) or coalesce(bool_or(g.tgtype & 8 = 8), false), row_security_active(t.oid) or coalesce(bool_or(g.tgtype & 4 = 4), false)
        from pg_catalog.pg_class as t
        left join pg_catalog.pg_trigger as g
        on not g.tgisinternal
        and (g.tgrelid = t.oid or t.relhassubclass and exists (select 1 from pg_catalog.pg_inherits where inhrelid = g.tgrelid))
        where t.oid = to_regclass($1)
        group by t.oid
        """;

    internal static async Task<TableListeners> FindAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Find, static row => new TableListeners(row.GetBoolean(0), row.GetBoolean(1)), cancellationToken, table).ConfigureAwait(false))
            .FirstOrDefault();
}
