using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The tables in which what loads replace is kept. The ledger knows by which statement each was created: where the contract asks for
/// another one, what was kept fits the table no more, and both begin anew.
/// </summary>
internal static class KeptTables
{
    internal static bool IsCurrent(SqliteDatabase database, TableContract contract) => contract.PlanFor<SqliteLoadPlan>().Replaced is not { } replaced
        || (IsThere(database, contract)
            && database.Find("select created_with from main.tp_replaced_shape where table_name = @table", ("@table", contract.Table)) == replaced.Create);

    internal static void Create(SqliteDatabase database, TableContract contract)
    {
        if (IsCurrent(database, contract))
        {
            return;
        }

        ReplacedRows replaced = contract.PlanFor<SqliteLoadPlan>().Replaced!;
        database.Run($"drop table if exists {replaced.Table}");
        database.Run(replaced.Create);
        if (replaced.CreateIndex is { } index)
        {
            database.Run(index);
        }

        database.Run(
            "insert or replace into main.tp_replaced_shape (table_name, created_with) values (@table, @create)", ("@table", contract.Table), ("@create", replaced.Create));
        ReplacedEntries.Forget(database, TablePreparation.NameOf(database, contract) ?? contract.Table);
    }

    private static bool IsThere(SqliteDatabase database, TableContract contract) => database.Find(
        "select 1 from main.sqlite_master where type = 'table' and name = @name collate nocase", ("@name", $"{LedgerTables.Prefix}kept_{contract.Table}")) is not null;
}
