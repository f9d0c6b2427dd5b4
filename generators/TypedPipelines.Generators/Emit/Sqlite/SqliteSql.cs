using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>
/// The SQL that loads a table of SQLite, from its contract. A statement never holds a value: rows and windows arrive as
/// parameters. Tables are named with their schema, since an unqualified name would find a temporary table first.
/// </summary>
internal static class SqliteSql
{
    public static SqliteSqlTexts Of(ContractModel contract) => new(
        SqliteTableSql.CreateTable(contract),
        SqliteTableSql.CreateIndexes(contract),
        SqliteStagingSql.CreateStaging(contract),
        SqliteStagingSql.Stage(contract),
        SqliteStagingSql.FindDuplicates(contract),
        SqliteStagingSql.KeepLatest(contract),
        SqlitePublishSql.Publish(contract),
        Read(contract),
        contract.PartitionColumn < 0 ? null : $"{Read(contract)}\nwhere {SqliteNames.InWindow(contract)}");

    private static string Read(ContractModel contract) =>
        $"select\n    {SqliteNames.List(contract.Columns, "", ",\n    ")}\nfrom {SqliteNames.Table(contract)}";
}
