using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Whether a merge looks each row up by its key, as <c>on conflict</c> does, or reads the whole table once. The planner takes a look-up
/// for dearer than it is, because it does not count on the rows' coming in the order of the key: left to itself it reads a million rows
/// to merge a tenth of that.
/// </summary>
internal static class KeyLookup
{
    /// <summary>Rows of the table that are read in the time of one look-up.</summary>
    private const int Worth = 5;

    /// <summary>The key's columns, quoted.</summary>
    internal static string Columns(TableContract contract) =>
        string.Join(", ", contract.Columns.Where((column, i) => column.Key || i == contract.PartitionColumn).Select(column => $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>Whether there are few rows for the table, and a unique index by which to look them up. Null keys cannot be looked up.</summary>
    internal static async Task<bool> PaysAsync(PostgreSqlDatabase database, IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken)
    {
        if (table.Contract.Strategy != LoadStrategy.Merge || table.Plan.IndexStaging is not null || table.Contract.Columns.Any(column => column is { Key: true, Nullable: true }))
        {
            return false;
        }

        return await database.FindsAsync(
            """
            select 1
            from pg_catalog.pg_class as t
            join pg_catalog.pg_index as i
            on i.indrelid = t.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
            where t.oid = to_regclass($1) and t.reltuples >= $2
            and (
                select array_agg(a.attname::text)
                from pg_catalog.pg_attribute as a
                where a.attrelid = t.oid and a.attnum = any (i.indkey)
            ) <@ $3::text[]
            """,
            cancellationToken,
            table.Plan.Table,
            (double)table.Staged * Worth,
            table.Contract.Columns.Where(column => column.Key).Select(column => column.Name).ToArray()).ConfigureAwait(false);
    }

    /// <summary>For the rest of the transaction.</summary>
    internal static async Task PreferAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        await database.RunAsync("set local enable_hashjoin = off", cancellationToken).ConfigureAwait(false);
        await database.RunAsync("set local enable_mergejoin = off", cancellationToken).ConfigureAwait(false);
    }
}
