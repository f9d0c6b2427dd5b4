using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>What a publish locks of its tables besides the rows that it changes.</summary>
internal static class TableLocks
{
    internal const string LoadedBy = "select 1 from typed_pipelines.loaded_table where table_name = @table and loaded_by = @loader";

    internal const string ChangeLoader = "update typed_pipelines.loaded_table set loaded_by = @loader where table_name = @table";

    internal const string AddLoader = "insert into typed_pipelines.loaded_table (table_name, loaded_by) values (@table, @loader)";

    /// <summary>
    /// In one order for all. Runs take turns where they could touch the same rows of a table. Of a merge those are any: else two would
    /// insert one new key, or each wait for the other. Windows that are replaced never overlap where one pipeline cuts them one way: its
    /// runs share the table. A pipeline of another name, or one that cuts another way, has it alone: else each would delete what the other
    /// is replacing, see nothing of what it inserts, and the rows would be there twice. And where readers see rows as they are, a table is
    /// theirs or the publish's: else a reader that has passed some rows before they change, and comes to others after the commit, would
    /// see a mix.
    /// </summary>
    internal static async Task TakeAsync(SqlServerDatabase database, IReadOnlyList<IStagedTable<SqlServerLoadPlan>> tables, RunIdentity run, CancellationToken cancellationToken)
    {
        foreach (IStagedTable<SqlServerLoadPlan> table in tables.OrderBy(table => table.Plan.Table, StringComparer.Ordinal))
        {
            if (table.Contract.Strategy != LoadStrategy.Append) // It deletes nothing, and is twice in the table however it is run.
            {
                await TakeAsync(database, table, $"{run.Pipeline} {run.Partition.Cut}", cancellationToken).ConfigureAwait(false);
            }

            if (!database.Traits.ReadersSeeVersions)
            {
                await database.FindsAsync(Exclude(table.Plan.Table), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task TakeAsync(SqlServerDatabase database, IStagedTable<SqlServerLoadPlan> table, string loader, CancellationToken cancellationToken)
    {
        (string, object?)[] values = [("@table", table.Plan.Table), ("@loader", loader)];
        bool replacesOwn = table.Contract.Strategy is LoadStrategy.ReplacePartition or LoadStrategy.Snapshot or LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile;
        bool isLoaders = await database.FindsAsync(LoadedBy, cancellationToken, values).ConfigureAwait(false);
        if (replacesOwn && isLoaders)
        {
            await AppLock.ShareTableAsync(database, table.Plan.Table, cancellationToken).ConfigureAwait(false);
            if (await database.FindsAsync(LoadedBy, cancellationToken, values).ConfigureAwait(false))
            {
                return;
            }
        }

        // Where another took the table over between the two questions, both may wait for each other: then the server ends one, which tries again.
        await AppLock.TakeTableAsync(database, table.Plan.Table, cancellationToken).ConfigureAwait(false);
        if (!isLoaders && await database.RunAsync(ChangeLoader, cancellationToken, values).ConfigureAwait(false) == 0)
        {
            await database.RunAsync(AddLoader, cancellationToken, values).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the statements that read a table, and keeps others out until the end of the transaction.</summary>
    internal static string Exclude(string table) => $"select top (1) 1 from {table} with (tablockx, holdlock)";
}
