namespace TypedPipelines.PostgreSql;

/// <summary>
/// The tables in which what loads replace is kept. The ledger knows by which statement each was created: where the contract asks for
/// another one, what was kept fits the table no more, and both begin anew. A table that it does not know is nobody's to drop.
/// </summary>
internal static class KeptTables
{
    internal static async Task<bool> AreCurrentAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) =>
        plan.Replaced is not { } replaced
        || (await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false) is { } name
            && await database.FindsAsync(
                "select 1 from typed_pipelines.replaced_shape where table_name = $1 and created_with = $2", cancellationToken, name, replaced.Create).ConfigureAwait(false));

    internal static async Task CreateAsync(PostgreSqlServer server, PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        if (await AreCurrentAsync(database, plan, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        ReplacedRows replaced = plan.Replaced!;
        if (await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (!await database.FindsAsync("select 1 from typed_pipelines.replaced_shape where table_name = $1", cancellationToken, found).ConfigureAwait(false))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the rows that loads of {plan.Table} replace are to be kept in {found}, and a table of that name is there which the ledger of {database.Name} does not know",
                    "Nothing was changed. Give that table another name; or drop it, if it is one of kept rows whose ledger is gone.");
            }

            await database.RunAsync($"drop table {replaced.Table}", cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(replaced.Create, cancellationToken).ConfigureAwait(false);
        // Where all tables are published, rows of one without a key could not be deleted.
        await database.RunAsync($"alter table {replaced.Table} replica identity full", cancellationToken).ConfigureAwait(false);
        if (replaced.CreateIndex is { } index)
        {
            await database.RunAsync(index, cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(
            """
            insert into typed_pipelines.replaced_shape (table_name, created_with)
            values ($1, $2)
            on conflict (table_name) do update
            set created_with = excluded.created_with
            """,
            cancellationToken,
            await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false),
            replaced.Create).ConfigureAwait(false);
        await ReplacedEntries.ForgetAsync(database, await server.NameOfAsync(database, plan.Table, cancellationToken).ConfigureAwait(false) ?? plan.Table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A table with its schema; null where there is none. Asked anew each time: a table that was dropped is created again, and knows nothing.</summary>
    private static async Task<string?> FindAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(PostgreSqlServer.FindName, static row => row.GetString(0), cancellationToken, table).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }
}
