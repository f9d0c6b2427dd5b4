using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>What a publish locks of its tables besides the rows that it changes.</summary>
internal static class TableLocks
{
    /// <summary>Says who loads a table.</summary>
    internal const string LoadedBy = "select loaded_by from typed_pipelines.loaded_table where table_name = @table";

    /// <summary>Takes the lock of a table that is the loader's together with its other runs; and says who loads it, asked again under the lock.</summary>
    internal const string Share = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@tables, object_id(@called), N':', db_name());
        if exists (select 1 from typed_pipelines.loaded_table where table_name = @table and loaded_by = @loader)
            exec @result = sp_getapplock
                @Resource = @resource, @LockMode = N'Shared', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result, (select loaded_by from typed_pipelines.loaded_table where table_name = @table)
        """;

    /// <summary>Takes the lock of a table for this run alone, makes it the loader's, and says whose it was.</summary>
    internal const string Take = """
        declare @result int;
        declare @before nvarchar(400);
        declare @resource nvarchar(255) = concat(@tables, object_id(@called), N':', db_name());
        exec @result = sp_getapplock
            @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
        if @result >= 0
        begin
            set @before = (select loaded_by from typed_pipelines.loaded_table where table_name = @table);
            if @before is null
                insert into typed_pipelines.loaded_table (table_name, loaded_by) values (@table, @loader);
            else
                update typed_pipelines.loaded_table set loaded_by = @loader where table_name = @table and loaded_by <> @loader;
        end;
        select @result, @before
        """;

    /// <summary>
    /// Runs take turns where they could touch the same rows of a table. Of a merge those are any: else two would insert one new key, or
    /// each wait for the other. Windows that are replaced never overlap where one pipeline cuts them one way: its runs share the table.
    /// A pipeline of another name, or one that cuts another way, has it alone: else each would delete what the other is replacing, see
    /// nothing of what it inserts, and the rows would be there twice.
    /// </summary>
    /// <param name="database">The connection, in the publishing transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">Its name as the server has it: contracts may call one table by several.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Who loaded the table before; null for nobody.</returns>
    internal static async Task<string?> TakeAsync(
        SqlServerDatabase database, IStagedTable<SqlServerLoadPlan> table, string name, RunIdentity run, CancellationToken cancellationToken)
    {
        string loader = TableLoader.Of(run);
        (string, object?)[] values = [("@tables", LockName.Tables), ("@called", table.Plan.Table), ("@table", name), ("@loader", loader)];
        if (TableLoader.KeepsRunsApart(table.Contract)
            && await AskAsync(database, Share, cancellationToken, values).ConfigureAwait(false) is ({ } shared, var by)
            && AppLock.IsGranted(database, shared)
            && by == loader)
        {
            return loader;
        }

        // Where another took the table over between the two questions, both may wait for each other: then the server ends one, which tries again.
        (int? taken, string? before) = await AskAsync(database, Take, cancellationToken, values).ConfigureAwait(false);
        AppLock.IsGranted(database, taken!.Value);
        return before;
    }

    /// <summary>Waits for the statements that read a table, and keeps others out until the end of the transaction.</summary>
    internal static string Exclude(string table) => $"select top (1) 1 from {table} with (tablockx, holdlock)";

    private static async Task<(int? Result, string? Loader)> AskAsync(
        SqlServerDatabase database, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        (await database.QueryAsync<(int?, string?)>(
            sql, static row => (row.IsDBNull(0) ? null : row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken, values).ConfigureAwait(false))[0];
}
