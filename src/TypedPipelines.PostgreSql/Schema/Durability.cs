namespace TypedPipelines.PostgreSql;

/// <summary>A table that the server empties after a crash, while the ledger goes on saying what is in it.</summary>
internal static class Durability
{
    private const string Unlogged = """
        select c.oid::regclass::text
        from pg_catalog.pg_class as c
        where c.relpersistence = 'u' and c.relkind = 'r'
        and (c.oid = to_regclass($1) or c.oid in (select relid from pg_catalog.pg_partition_tree(to_regclass($1))))
        order by c.oid
        limit 1
        """;

    /// <exception cref="PipelineException">The table is one, or a partition of it.</exception>
    internal static async Task CheckAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(Unlogged, static row => row.GetString(0), cancellationToken, plan.Table).ConfigureAwait(false);
        if (found.Count > 0)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the table {found[0]} of {database.Name}, into which {contract.DisplayName} is loaded, is unlogged: after a crash the server empties it, and the ledger would go on saying that its partitions are complete",
                $"Nothing was changed. Have the table's owner run: alter table {found[0]} set logged");
        }
    }
}
