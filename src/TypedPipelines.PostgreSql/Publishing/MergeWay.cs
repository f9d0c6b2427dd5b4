using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>How a merge finds the rows of the table that its rows belong to.</summary>
internal enum MergeWay
{
    /// <summary>As the planner thinks best, which may read the whole table once.</summary>
    Join,

    /// <summary>Each by its key.</summary>
    LookUp,

    /// <summary>Each by its key, in the course of inserting it.</summary>
    Upsert,
}

/// <summary>
/// Chooses the way of a merge. The planner takes a look-up for dearer than it is, because it does not count on the rows' coming in the order
/// of the key: left to itself it reads a million rows to merge a tenth of that. An upsert is the fastest way of all to write rows, but
/// locks even those that have not changed, and begins an insert of each: it asks the table's checks, draws from its sequences and
/// fires its triggers for rows that are then updated, and does not see those of tables that inherit from it. So it is only for a table that has
/// none of them.
/// </summary>
internal static class MergeWays
{
    /// <summary>Rows of the table that are read in the time of one look-up.</summary>
    private const int Worth = 5;

    /// <summary>The rows that the plan's count of unchanged ones looks at.</summary>
    private const int Sampled = 200;

    /// <summary>So few rows are looked up in any table.</summary>
    private const int Few = 1000;

    /// <summary>Null keys cannot be looked up.</summary>
    private const string Choose = """
        with known as (
            select
                (
                    select array_agg(a.attname::text)
                    from pg_catalog.pg_attribute as a
                    where a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                ) as columns,
                i.indisvalid and i.indimmediate and i.indisunique and i.indpred is null and i.indexprs is null
                and not exists (
                    select 1
                    from unnest(i.indkey::smallint[], i.indcollation::oid[], i.indclass::oid[]) as part (attnum, collation_id, class_id)
                    join pg_catalog.pg_attribute as a
                    on a.attrelid = i.indrelid and a.attnum = part.attnum
                    join pg_catalog.pg_opclass as o
                    on o.oid = part.class_id
                    where part.collation_id <> a.attcollation or not o.opcdefault
                ) as is_plain
            from pg_catalog.pg_index as i
            where i.indrelid = to_regclass($1) and (i.indisunique or i.indisexclusion)
        )
        select
            exists (select 1 from known where is_plain and columns <@ $3::text[])
            and ($2 <= $4 or t.reltuples >= $2 * $5),
            t.relkind = 'r' and not t.relhassubclass and current_setting('track_counts')::boolean and not t.relhasrules and not t.relrowsecurity
            and not exists (select 1 from pg_catalog.pg_constraint where conrelid = t.oid and contype = 'c')
            and not exists (
                select 1
                from pg_catalog.pg_attribute as a
                where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                and (a.atthasdef or a.attidentity <> '') and a.attname <> all ($6::text[])
            )
            and not exists (select 1 from pg_catalog.pg_trigger where tgrelid = t.oid and not tgisinternal)
            and not exists (select 1 from known where not (is_plain and columns <@ $3::text[] and columns @> $3::text[]))
        from pg_catalog.pg_class as t
        where t.oid = to_regclass($1)
        """;

    /// <summary>The key's columns, quoted.</summary>
    internal static string Columns(TableContract contract) =>
        string.Join(", ", contract.Columns.Where((column, i) => column.Key || i == contract.PartitionColumn).Select(column => $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    internal static async Task<MergeWay> FindAsync(PostgreSqlDatabase database, IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken)
    {
        if (table.Contract.Strategy != LoadStrategy.Merge || table.Plan.IndexStaging is not null || table.Contract.Columns.Any(column => column is { Key: true, Nullable: true }))
        {
            return MergeWay.Join;
        }

        List<(bool LooksUp, bool HasOneKey)> found = await database.QueryAsync(
            Choose,
            static row => (row.GetBoolean(0), row.GetBoolean(1)),
            cancellationToken,
            table.Plan.Table,
            (double)table.Staged,
            table.Contract.Columns.Where(column => column.Key).Select(column => column.Name).ToArray(),
            (double)Few,
            (double)Worth,
            table.Contract.Columns.Where(column => column.Stored).Select(column => column.Name).ToArray()).ConfigureAwait(false);
        return found is not [(true, var hasOneKey)] ? MergeWay.Join
            : hasOneKey && await MostHaveChangedAsync(database, table, cancellationToken).ConfigureAwait(false) ? MergeWay.Upsert
            : MergeWay.LookUp;
    }

    /// <summary>Makes the planner look rows up, for the rest of the transaction.</summary>
    internal static async Task PreferLookUpAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        await database.RunAsync("set local enable_hashjoin = off", cancellationToken).ConfigureAwait(false);
        await database.RunAsync("set local enable_mergejoin = off", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The rows that this transaction has inserted into a table, and those before it that the server's statistics have not taken in yet: for an
    /// upsert says only how many rows it has inserted or updated.
    /// </summary>
    internal static async Task<long> CountInsertedAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            "select pg_catalog.pg_stat_get_xact_tuples_inserted(to_regclass($1)::oid)", static row => row.GetInt64(0), cancellationToken, plan.Table).ConfigureAwait(false))[0];

    /// <summary>Whether, of the first rows, more than half are new or other than the table's.</summary>
    private static async Task<bool> MostHaveChangedAsync(PostgreSqlDatabase database, IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken)
    {
        if (table.Plan.CountUnchanged is not { } countUnchanged)
        {
            return false;
        }

        List<long> unchanged = await database.QueryAsync(countUnchanged, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return unchanged[0] * 2 < Math.Min(table.Staged, Sampled);
    }
}
