namespace TypedPipelines.Sqlite;

/// <summary>
/// The ledger's memory of columns that a history has gained: of which times the versions were written before. Generated load SQL
/// asks it, and takes the windows that are loaded out of it.
/// </summary>
internal static class LateColumns
{
    /// <summary>Notes that no version that is there says anything of a column.</summary>
    internal static void Note(SqliteDatabase database, TableContract contract, string column, DateTimeOffset addedAt)
    {
        if (contract.Strategy != LoadStrategy.History)
        {
            return;
        }

        database.Run(
            "delete from main.tp_late_column where table_name = @table and column_name = @column", ("@table", contract.Table), ("@column", column));
        database.Run(
            "insert into main.tp_late_column (table_name, column_name, added_at) values (@table, @column, @addedAt)",
            ("@table", contract.Table),
            ("@column", column),
            ("@addedAt", SqliteText.Of(addedAt)));
    }

    /// <summary>A table that is created has all its columns from its first row on.</summary>
    internal static void Forget(SqliteDatabase database, TableContract contract) =>
        database.Run("delete from main.tp_late_column where table_name = @table", ("@table", contract.Table));
}
