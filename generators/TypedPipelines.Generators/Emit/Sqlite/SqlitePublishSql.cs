using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>
/// How staged rows become the table's content. Plain statements, no ON CONFLICT: a row that another unique index refuses
/// is an error, and never overwrites the row that was there.
/// </summary>
internal static class SqlitePublishSql
{
    public static IReadOnlyList<SqliteSqlStatement> Publish(ContractModel contract) => contract.Strategy switch
    {
        StrategyKind.ReplacePartition => [Delete(contract, $"\nwhere {SqliteNames.InWindow(contract)}"), Insert(contract)],
        StrategyKind.Merge => [.. Update(contract), InsertNew(contract)],
        StrategyKind.ReplaceTable => [Delete(contract, ""), Insert(contract)],
        _ => [Insert(contract)],
    };

    private static SqliteSqlStatement Delete(ContractModel contract, string where) =>
        new("Delete", $"delete from {SqliteNames.Table(contract)}{where}");

    private static SqliteSqlStatement Insert(ContractModel contract) => new(
        "Insert",
        $"{InsertFromStaging(contract)}{(contract.Keys.Any() ? $"\norder by {SqliteNames.List(contract.Keys, "s.", ", ")}" : "")}");

    /// <summary>Touches only rows that differ: null to null is no change.</summary>
    private static IEnumerable<SqliteSqlStatement> Update(ContractModel contract)
    {
        if (!contract.Values.Any())
        {
            return [];
        }

        IEnumerable<string> set = contract.Values.Select(value => $"{SqliteNames.Quote(value.Name)} = s.{SqliteNames.Quote(value.Name)}");
        IEnumerable<string> differs = contract.Values.Select(value => $"t.{SqliteNames.Quote(value.Name)} is not s.{SqliteNames.Quote(value.Name)}");
        return
        [
            new("Update", $"""
                update {SqliteNames.Table(contract)} as t
                set
                    {string.Join(",\n    ", set)}
                from {SqliteNames.Staging(contract)} as s
                where {SqliteNames.SameKey(contract, "t", "s", "\nand ")}
                and (
                    {string.Join("\n    or ", differs)}
                )
                """),
        ];
    }

    private static SqliteSqlStatement InsertNew(ContractModel contract) => new("Insert", $"""
        {InsertFromStaging(contract)}
        where not exists (
            select 1
            from {SqliteNames.Table(contract)} as t
            where {SqliteNames.SameKey(contract, "t", "s", "\n    and ")}
        )
        order by {SqliteNames.List(contract.Keys, "s.", ", ")}
        """);

    private static string InsertFromStaging(ContractModel contract) => $"""
        insert into {SqliteNames.Table(contract)} (
            {SqliteNames.List(contract.Columns, "", ",\n    ")}
        )
        select
            {SqliteNames.List(contract.Columns, "s.", ",\n    ")}
        from {SqliteNames.Staging(contract)} as s
        """;
}
