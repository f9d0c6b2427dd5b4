namespace TypedPipelines.SqlServer;

/// <summary>
/// The tables in which what loads replace is kept. The ledger knows by which statement each was created: where the contract asks for
/// another one, what was kept fits the table no more, and both begin anew. A table that it does not know is nobody's to drop.
/// </summary>
internal static class KeptTables
{
    internal const string FindShape = "select created_with from typed_pipelines.replaced_shape where table_name = @table";

    internal const string NoteShape = """
        delete from typed_pipelines.replaced_shape
        where table_name = @table;
        insert into typed_pipelines.replaced_shape (table_name, created_with)
        values (@table, @create)
        """;

    internal static async Task<bool> AreCurrentAsync(SqlServerDatabase database, SqlServerLoadPlan plan, CancellationToken cancellationToken) =>
        plan.Replaced is not { } replaced
        || (await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false) is { } name
            && await FindShapeAsync(database, name, cancellationToken).ConfigureAwait(false) == replaced.Create);

    internal static async Task CreateAsync(SqlServerServer server, SqlServerDatabase database, SqlServerLoadPlan plan, CancellationToken cancellationToken)
    {
        if (await AreCurrentAsync(database, plan, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        ReplacedRows replaced = plan.Replaced!;
        if (await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (await FindShapeAsync(database, found, cancellationToken).ConfigureAwait(false) is null)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the rows that loads of {plan.Table} replace are to be kept in {found}, and a table of that name is there which the ledger of {database.Name} does not know",
                    "Nothing was changed. Give that table another name; or drop it, if it is one of kept rows whose ledger is gone.");
            }

            await database.RunAsync($"drop table {replaced.Table}", cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(replaced.Create, cancellationToken).ConfigureAwait(false);
        if (replaced.CreateIndex is { } index)
        {
            await database.RunAsync(index, cancellationToken).ConfigureAwait(false);
        }

        string name = await FindAsync(database, replaced.Table, cancellationToken).ConfigureAwait(false) ?? replaced.Table;
        await database.RunAsync(NoteShape, cancellationToken, ("@table", name), ("@create", replaced.Create)).ConfigureAwait(false);
        await ReplacedEntries.ForgetAsync(database, await server.NameOfAsync(database, plan.Table, cancellationToken).ConfigureAwait(false) ?? plan.Table, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> FindShapeAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(FindShape, static row => row.GetString(0), cancellationToken, ("@table", table)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>A table with its schema; null where there is none. Asked anew each time: a table that was dropped is created again, and knows nothing.</summary>
    private static async Task<string?> FindAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(FoundTable.FindName, static row => row.GetString(0), cancellationToken, ("@table", table)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }
}
