using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>
/// The SQL that loads a table of SQL Server, from its contract. A statement never holds a value: rows arrive by bulk copy, and
/// windows as the parameters @start and @end.
/// </summary>
internal static class SqlServerSql
{
    public static SqlServerSqlTexts Of(ContractModel contract) => new(
        SqlServerNames.Table(contract),
        contract.Schema is null ? null : $"create schema {SqlServerNames.Quote(contract.Schema)}",
        SqlServerTableSql.CreateTable(contract),
        SqlServerTableSql.CreateIndexes(contract),
        [.. contract.Columns.Select(column => SqlServerTableSql.Definition(contract, column))],
        SqlServerNames.Staging(contract),
        SqlServerStagingSql.CreateStaging(contract),
        SqlServerStagingSql.DropStaging(contract),
        SqlServerStagingSql.FindDuplicates(contract),
        SqlServerStagingSql.KeepLatest(contract),
        SqlServerPublishSql.Publish(contract),
        Read(contract),
        contract.PartitionColumn < 0 ? null : $"{Read(contract)}\nwhere {SqlServerNames.InWindow(contract)}");

    private static string Read(ContractModel contract) =>
        $"select\n    {SqlServerNames.List(contract.Columns, "", ",\n    ")}\nfrom {SqlServerNames.Table(contract)}";
}
