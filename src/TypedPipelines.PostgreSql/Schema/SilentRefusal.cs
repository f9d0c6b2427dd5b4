namespace TypedPipelines.PostgreSql;

/// <summary>
/// What would have a load's deletions or updates pass over rows without an error, and leave old rows beside the new ones: row-level
/// security that has no policy for them, and rules that do something else instead.
/// </summary>
internal static class SilentRefusal
{
    private const string Found = """
        select 'row-level security, which has no policy that lets this user ' || needed.name
        from (values ('r', 'see rows'), ('w', 'update rows'), ('d', 'delete rows')) as needed (kind, name)
        where row_security_active(to_regclass($1))
        and needed.kind = any ($2::text[])
        and not exists (
            select 1
            from pg_catalog.pg_policy as p
            where p.polrelid = to_regclass($1) and p.polpermissive and p.polcmd::text in ('*', needed.kind)
            and (p.polroles = '{0}' or exists (select 1 from unnest(p.polroles) as role (id) where role.id = 0 or pg_has_role(role.id, 'usage')))
        )
        union all
        select 'the rule ' || rulename || ', which does something else instead'
        from pg_catalog.pg_rewrite
        where ev_class = to_regclass($1) and is_instead
        and case ev_type::text when '2' then 'w' when '3' then 'a' when '4' then 'd' end = any ($2::text[])
        """;

    /// <exception cref="PipelineException">There is something of the kind.</exception>
    internal static async Task CheckAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(Found, static row => row.GetString(0), cancellationToken, plan.Table, Needed(plan)).ConfigureAwait(false);
        if (found.Count > 0)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the table {contract.DisplayName} of {database.Name} would pass over rows that a load inserts, changes or deletes, without an error: it has {string.Join("; and ", found)}",
                "Nothing was changed. Have the table's owner take that away, or create policies that admit the loader's user; docs/destinations/postgresql.md says what a loader needs.");
        }
    }

    private static string[] Needed(PostgreSqlLoadPlan plan)
    {
        var needed = new HashSet<string> { "a" };
        foreach (LoadStatement statement in plan.Publish)
        {
            string? kind = statement.Effect switch
            {
                LoadEffect.Delete or LoadEffect.DeleteMissing => "d",
                LoadEffect.Update or LoadEffect.CloseMissing => "w",
                _ => null,
            };
            if (kind is not null)
            {
                needed.UnionWith([kind, "r"]);
            }
        }

        return [.. needed];
    }
}
