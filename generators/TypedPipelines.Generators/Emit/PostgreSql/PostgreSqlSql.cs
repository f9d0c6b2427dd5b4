using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>
/// The SQL that loads a table of PostgreSQL, from its contract. A statement never holds a value: rows arrive by COPY, and
/// windows as the parameters $1 and $2.
/// </summary>
internal static class PostgreSqlSql
{
    public static PostgreSqlSqlTexts Of(ContractModel contract) => new(
        PostgreSqlNames.Table(contract),
        contract.Schema is null ? null : $"create schema {PostgreSqlNames.Quote(contract.Schema)}",
        PostgreSqlTableSql.CreateTable(contract),
        PostgreSqlTableSql.CreateIndexes(contract),
        [.. contract.Columns.Select(column => PostgreSqlTableSql.Definition(contract, column))],
        PostgreSqlNames.Staging(contract),
        PostgreSqlStagingSql.CreateStaging(contract),
        PostgreSqlStagingSql.Stage(contract),
        PostgreSqlStagingSql.FindDuplicates(contract),
        PostgreSqlStagingSql.KeepLatest(contract),
        PostgreSqlPublishSql.Publish(contract),
        Read(contract),
        contract.PartitionColumn < 0 ? null : $"{Read(contract)}\nwhere {PostgreSqlNames.InWindow(contract)}");

    private static string Read(ContractModel contract) =>
        $"select\n    {PostgreSqlNames.List(contract.Columns, "", ",\n    ")}\nfrom {PostgreSqlNames.Table(contract)}";
}
