namespace TypedPipelines.PostgreSql;

/// <summary>A COPY into a table that is loaded, without staging.</summary>
internal static class StraightCopy
{
    /// <summary>Whether COPY is not to a table what an insert is: policies for its rows forbid it, and rules do not hear of it.</summary>
    internal static Task<bool> IsRefusedAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) => database.FindsAsync(
        "select 1 from pg_catalog.pg_class where oid = to_regclass($1) and (relhasrules or row_security_active(oid))", cancellationToken, plan.Table);
}
