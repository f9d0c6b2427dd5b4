namespace TypedPipelines.PostgreSql;

/// <summary>A COPY into a table that is loaded, without staging.</summary>
internal static class StraightCopy
{
    /// <summary>
    /// Whether COPY is not to a table what an insert is: policies for its rows forbid it, rules do not hear of it, and how many rows a trigger has
    /// left out it does not say.
    /// </summary>
    internal static Task<bool> IsRefusedAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) => database.FindsAsync(
        """
        select 1
        from pg_catalog.pg_class as t
        where t.oid = to_regclass($1)
        and (t.relhasrules or row_security_active(t.oid) or exists (select 1 from pg_catalog.pg_trigger where not tgisinternal and (tgrelid = t.oid or tgrelid in (select relid from pg_catalog.pg_partition_tree(t.oid)))))
        """,
        cancellationToken,
        plan.Table);
}
