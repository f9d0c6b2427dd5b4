namespace TypedPipelines.PostgreSql;

/// <summary>
/// The ledger's memory of columns that a history has gained: of which times the versions were written before. Generated load SQL
/// asks it, and takes the windows that are loaded out of it.
/// </summary>
internal static class LateColumns
{
    /// <summary>Notes that no version that is there says anything of a column.</summary>
    internal static async Task NoteAsync(
        PostgreSqlDatabase database, TableContract contract, string column, DateTimeOffset addedAt, CancellationToken cancellationToken)
    {
        if (contract.Strategy != LoadStrategy.History)
        {
            return;
        }

        await database.RunAsync(
            "delete from typed_pipelines.late_column where table_name = $1 and column_name = $2", cancellationToken, contract.DisplayName, column).ConfigureAwait(false);
        await database.RunAsync(
            "insert into typed_pipelines.late_column (table_name, column_name, added_at) values ($1, $2, $3)",
            cancellationToken,
            contract.DisplayName,
            column,
            addedAt).ConfigureAwait(false);
    }

    /// <summary>A table that is created has all its columns from its first row on.</summary>
    internal static Task ForgetAsync(PostgreSqlDatabase database, TableContract contract, CancellationToken cancellationToken) =>
        database.RunAsync("delete from typed_pipelines.late_column where table_name = $1", cancellationToken, contract.DisplayName);
}
