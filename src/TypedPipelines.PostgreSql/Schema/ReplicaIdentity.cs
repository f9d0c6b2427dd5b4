namespace TypedPipelines.PostgreSql;

/// <summary>
/// A table of a publication whose rows a subscriber could not tell apart: the server refuses to change or delete them, and says so only when a load does.
/// </summary>
internal static class ReplicaIdentity
{
    private const string FindUnidentified = """
        select c.oid::regclass::text, string_agg(distinct p.pubname, ', ' order by p.pubname)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_publication_tables as t
        on format('%I.%I', t.schemaname, t.tablename)::regclass in (select relid from pg_catalog.pg_partition_ancestors(c.oid) union all select c.oid)
        join pg_catalog.pg_publication as p
        on p.pubname = t.pubname
        where c.relkind = 'r' and c.relpersistence = 'p'
        and (c.oid = to_regclass($1) or c.oid in (select relid from pg_catalog.pg_partition_tree(to_regclass($1))))
        and (p.pubdelete and $2 or p.pubupdate and $3)
        and case c.relreplident
            when 'f' then false
            when 'd' then not exists (select 1 from pg_catalog.pg_index where indrelid = c.oid and indisprimary)
            when 'i' then not exists (select 1 from pg_catalog.pg_index where indrelid = c.oid and indisreplident)
            else true
        end
        group by c.oid
        order by c.oid
        limit 1
        """;

    /// <exception cref="PipelineException">The table is one, or a partition of it, and a load changes or deletes rows.</exception>
    internal static async Task CheckAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        if (await FindAsync(database, plan, cancellationToken).ConfigureAwait(false) is var (table, publications))
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the table {table} of {database.Name}, into which {contract.DisplayName} is loaded, is published by {publications} and has no replica identity: the server refuses to change or delete its rows",
                $"Nothing was changed. Have the table's owner give it a primary key, or run: alter table {table} replica identity full");
        }
    }

    /// <summary>A table that has just been created and has no key is told apart by all that its rows hold.</summary>
    internal static async Task GiveAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        if (await FindAsync(database, plan, cancellationToken).ConfigureAwait(false) is not null)
        {
            await database.RunAsync($"alter table {plan.Table} replica identity full", cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<(string Table, string Publications)?> FindAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        bool deletes = plan.Publish.Any(static statement => statement.Effect is LoadEffect.Delete or LoadEffect.DeleteMissing);
        bool updates = plan.Publish.Any(static statement => statement.Effect is LoadEffect.Update or LoadEffect.CloseMissing);
        if (!deletes && !updates)
        {
            return null;
        }

        List<(string, string)> found = await database.QueryAsync(
            FindUnidentified, static row => (row.GetString(0), row.GetString(1)), cancellationToken, plan.Table, deletes, updates).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }
}
