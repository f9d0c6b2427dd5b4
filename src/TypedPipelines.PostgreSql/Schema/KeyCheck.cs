using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>Looks for the unique index that a load by key relies on.</summary>
internal static class KeyCheck
{
    private const string Find = """
        select 1
        from pg_catalog.pg_index as i
        where i.indrelid = to_regclass($1) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
        and not exists (
            select 1
            from unnest(i.indkey::smallint[]) with ordinality as part (attnum, position)
            join pg_catalog.pg_attribute as a
            on a.attrelid = i.indrelid and a.attnum = part.attnum
            where part.position <= i.indnkeyatts and a.attname::text <> all ($2::text[])
        )
        """;

    /// <exception cref="PipelineException">There is none.</exception>
    internal static async Task CheckAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        if (TableKey.Of(contract) is { } key && !await database.FindsAsync(Find, cancellationToken, plan.Table, key.ToArray()).ConfigureAwait(false))
        {
            throw TableKey.Missing(contract, database.Name, $"create unique index on {plan.Table} ({string.Join(", ", key.Select(ShapeCheck.Quote))})");
        }
    }
}
