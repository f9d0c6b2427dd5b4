using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>The staging table and what is checked in it before a publish.</summary>
internal static class PostgreSqlStagingSql
{
    public static string CreateStaging(ContractModel contract) =>
        $"create table {PostgreSqlNames.Staging(contract)} (\n    "
        + string.Join(",\n    ", contract.Columns.Select(column => $"{PostgreSqlNames.Quote(column.Name)} {PostgreSqlTableSql.TypeOf(column)}"))
        + "\n)";

    public static string Stage(ContractModel contract) =>
        $"copy {PostgreSqlNames.Staging(contract)} (\n    {PostgreSqlNames.List(contract.Columns, "", ",\n    ")}\n)\nfrom stdin (format binary)";

    /// <summary>The row that an index found too long; null where no column of the key has a length.</summary>
    public static string? FindLongest(ContractModel contract)
    {
        string[] lengths = [.. contract.BatchKey
            .Where(key => key.Kind is ColumnKind.String or ColumnKind.Bytes)
            .Select(key => $"coalesce(octet_length({PostgreSqlNames.Quote(key.Name)}), 0)")];
        return lengths.Length == 0
            ? null
            : $"""
                select
                    {PostgreSqlDialect.Instance.StagedList(contract, "")}
                from {PostgreSqlNames.Staging(contract)}
                order by {string.Join(" + ", lengths)} desc
                limit 1
                """;
    }

    /// <summary>Null where the staged rows are merged with the table's.</summary>
    public static string? Copy(ContractModel contract) => contract.Strategy is StrategyKind.Merge or StrategyKind.History
        ? null
        : $"copy {PostgreSqlNames.Table(contract)} (\n    {PostgreSqlNames.List(contract.Columns, "", ",\n    ")}\n)\nfrom stdin (format binary)";

    public static string? Index(ContractModel contract) => contract.LooksUpStaged
        ? $"create index\non {PostgreSqlNames.Staging(contract)} ({PostgreSqlNames.List(contract.BatchKey, "", ", ")})"
        : null;

    public static string? FindDuplicates(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count > 0)
        {
            return null;
        }

        string keys = PostgreSqlNames.List(contract.BatchKey, "", ", ");
        return $"""
            select
                {PostgreSqlDialect.Instance.StagedList(contract, "s.")}
            from (
                select {keys}
                from {PostgreSqlNames.Staging(contract)}
                group by {keys}
                having count(*) > 1
                order by {keys}
                limit 1
            ) as d
            join {PostgreSqlNames.Staging(contract)} as s
            on {string.Join("\nand ", contract.BatchKey.Select(key => PostgreSqlDialect.Instance.Same(key, contract.MayBeNull(key), "s", "d")))}
            order by s.ctid
            limit 2
            """;
    }

    public static string? KeepLatest(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count == 0)
        {
            return null;
        }

        return $"""
            delete from {PostgreSqlNames.Staging(contract)}
            where ctid in (
                select staged
                from (
                    select
                        ctid as staged,
                        row_number() over (
                            partition by {PostgreSqlNames.List(contract.BatchKey, "", ", ")}
                            order by
                                {string.Join(",\n                    ", contract.LatestBy.Select(LatestFirst))}
                        ) as place
                    from {PostgreSqlNames.Staging(contract)}
                ) as ranked
                where place > 1
            )
            """;
    }

    /// <summary>Descending order, in which null is less than any value and a text compares by its code points, as the contract says.</summary>
    private static string LatestFirst(ColumnModel column) =>
        $"{PostgreSqlNames.Quote(column.Name)}{(column.Kind == ColumnKind.String && !column.Key ? " collate \"C\"" : "")} desc nulls last";
}
