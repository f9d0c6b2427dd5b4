namespace TypedPipelines.SqlServer;

/// <summary>
/// The ledger's memory of columns that a history has gained: of which times the versions were written before. Generated load SQL
/// asks it, and takes the windows that are loaded out of it.
/// </summary>
internal static class LateColumns
{
    internal const string DeleteTable = "delete from typed_pipelines.late_column where table_name = @table";

    internal const string DeleteColumn = "delete from typed_pipelines.late_column where table_name = @table and column_name = @column";

    internal const string Insert = "insert into typed_pipelines.late_column (table_name, column_name, added_at) values (@table, @column, @added_at)";

    /// <summary>Notes that no version that is there says anything of a column.</summary>
    internal static async Task NoteAsync(
        SqlServerDatabase database, TableContract contract, string column, DateTimeOffset addedAt, CancellationToken cancellationToken)
    {
        if (contract.Strategy != LoadStrategy.History)
        {
            return;
        }

        await database.RunAsync(DeleteColumn, cancellationToken, ("@table", contract.DisplayName), ("@column", column)).ConfigureAwait(false);
        await database.RunAsync(Insert, cancellationToken, ("@table", contract.DisplayName), ("@column", column), ("@added_at", addedAt)).ConfigureAwait(false);
    }

    /// <summary>A table that is created has all its columns from its first row on.</summary>
    internal static Task ForgetAsync(SqlServerDatabase database, TableContract contract, CancellationToken cancellationToken) =>
        database.RunAsync(DeleteTable, cancellationToken, ("@table", contract.DisplayName));
}
