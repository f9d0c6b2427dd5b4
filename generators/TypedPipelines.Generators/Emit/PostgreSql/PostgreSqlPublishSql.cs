using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>
/// How staged rows become the table's content. Plain statements, no ON CONFLICT: a row that another unique index refuses
/// is an error, and never overwrites the row that was there. No TRUNCATE: it would shut out readers, and show those with an
/// older snapshot an empty table.
/// </summary>
internal static class PostgreSqlPublishSql
{
    public static IReadOnlyList<PostgreSqlSqlStatement> Publish(ContractModel contract) => contract.Strategy switch
    {
        StrategyKind.ReplacePartition => [Delete(contract, $"\nwhere {PostgreSqlNames.InWindow(contract)}"), Insert(contract)],
        StrategyKind.Merge => [.. Update(contract), InsertNew(contract)],
        StrategyKind.ReplaceTable => [Delete(contract, ""), Insert(contract)],
        _ => [Insert(contract)],
    };

    private static PostgreSqlSqlStatement Delete(ContractModel contract, string where) =>
        new("Delete", $"delete from {PostgreSqlNames.Table(contract)}{where}");

    private static PostgreSqlSqlStatement Insert(ContractModel contract) => new(
        "Insert",
        $"{InsertFromStaging(contract)}{(contract.Keys.Any() ? $"\norder by {PostgreSqlNames.List(contract.Keys, "s.", ", ")}" : "")}");

    /// <summary>Touches only rows that differ: null to null is no change. Texts differ where a single byte does, whatever the table's collation.</summary>
    private static IEnumerable<PostgreSqlSqlStatement> Update(ContractModel contract)
    {
        if (!contract.Values.Any())
        {
            return [];
        }

        IEnumerable<string> set = contract.Values.Select(value => $"{PostgreSqlNames.Quote(value.Name)} = s.{PostgreSqlNames.Quote(value.Name)}");
        IEnumerable<string> differs = contract.Values.Select(value =>
            $"t.{PostgreSqlNames.Quote(value.Name)} is distinct from s.{PostgreSqlNames.Quote(value.Name)}{(value.Kind == ColumnKind.String ? " collate \"C\"" : "")}");
        return
        [
            new("Update", $"""
                update {PostgreSqlNames.Table(contract)} as t
                set
                    {string.Join(",\n    ", set)}
                from {PostgreSqlNames.Staging(contract)} as s
                where {PostgreSqlNames.SameKey(contract, "t", "s", "\nand ")}
                and (
                    {string.Join("\n    or ", differs)}
                )
                """),
        ];
    }

    private static PostgreSqlSqlStatement InsertNew(ContractModel contract) => new("Insert", $"""
        {InsertFromStaging(contract)}
        where not exists (
            select 1
            from {PostgreSqlNames.Table(contract)} as t
            where {PostgreSqlNames.SameKey(contract, "t", "s", "\n    and ")}
        )
        order by {PostgreSqlNames.List(contract.Keys, "s.", ", ")}
        """);

    private static string InsertFromStaging(ContractModel contract) => $"""
        insert into {PostgreSqlNames.Table(contract)} (
            {PostgreSqlNames.List(contract.Columns, "", ",\n    ")}
        )
        select
            {PostgreSqlNames.List(contract.Columns, "s.", ",\n    ")}
        from {PostgreSqlNames.Staging(contract)} as s
        """;
}
