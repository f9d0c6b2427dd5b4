using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>
/// How staged rows become the table's content. Plain statements, no MERGE: it has known races, and a row that another unique index
/// refuses must be an error, and never overwrite the row that was there. No TRUNCATE and no renamed tables: they would shut out
/// readers, and show those with an older snapshot an empty table.
/// </summary>
internal static class SqlServerPublishSql
{
    public static IReadOnlyList<SqlServerSqlStatement> Publish(ContractModel contract) => contract.Strategy switch
    {
        StrategyKind.ReplacePartition => [Delete(contract, $"\nwhere {SqlServerNames.InWindow(contract)}"), Insert(contract)],
        StrategyKind.Merge => [.. Update(contract), InsertNew(contract)],
        StrategyKind.ReplaceTable => [Delete(contract, ""), Insert(contract)],
        _ => [Insert(contract)],
    };

    private static SqlServerSqlStatement Delete(ContractModel contract, string where) =>
        new("Delete", $"delete from {SqlServerNames.Table(contract)}{where}");

    private static SqlServerSqlStatement Insert(ContractModel contract) => new("Insert", InsertFromStaging(contract));

    /// <summary>Touches only rows that differ: null to null is no change. Texts differ where a code unit does, whatever the table's collation.</summary>
    private static IEnumerable<SqlServerSqlStatement> Update(ContractModel contract)
    {
        if (!contract.Values.Any())
        {
            return [];
        }

        IEnumerable<string> set = contract.Values.Select(value => $"{SqlServerNames.Quote(value.Name)} = s.{SqlServerNames.Quote(value.Name)}");
        return
        [
            new("Update", $"""
                update t
                set
                    {string.Join(",\n    ", set)}
                from {SqlServerNames.Table(contract)} as t
                join {SqlServerNames.Staging(contract)} as s
                on {SqlServerNames.SameKey(contract, "t", "s", "\nand ")}
                where not exists (
                    select
                        {string.Join(",\n        ", contract.Values.SelectMany(value => Compared(value, "t")))}
                    intersect
                    select
                        {string.Join(",\n        ", contract.Values.SelectMany(value => Compared(value, "s")))}
                )
                """),
        ];
    }

    private static SqlServerSqlStatement InsertNew(ContractModel contract) => new("Insert", $"""
        {InsertFromStaging(contract)}
        where not exists (
            select 1
            from {SqlServerNames.Table(contract)} as t
            where {SqlServerNames.SameKey(contract, "t", "s", "\n    and ")}
        )
        """);

    private static string InsertFromStaging(ContractModel contract) => $"""
        insert into {SqlServerNames.Table(contract)} (
            {SqlServerNames.List(contract.Columns, "", ",\n    ")}
        )
        select
            {SqlServerNames.List(contract.Columns, "s.", ",\n    ")}
        from {SqlServerNames.Staging(contract)} as s
        """;

    /// <summary>A column as two of its values are told apart.</summary>
    private static IEnumerable<string> Compared(ColumnModel column, string alias) => SqlServerNames.Exact(column, alias)
        .Select((part, i) => i == 0 && column.Kind == ColumnKind.String ? $"{part} collate {SqlServerNames.Ordinal}" : part);
}
