using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>The staging table and what is checked in it before a publish.</summary>
internal static class SqliteStagingSql
{
    public static string CreateStaging(ContractModel contract) =>
        $"create table {SqliteNames.Staging(contract)} (\n    "
        + string.Join(",\n    ", contract.Columns.Select(column => $"{SqliteNames.Quote(column.Name)} {SqliteTableSql.TypeOf(column)}"))
        + "\n)";

    public static string Stage(ContractModel contract) =>
        $"insert into {SqliteNames.Staging(contract)} (\n    {SqliteNames.List(contract.Columns, "", ",\n    ")}\n)\nvalues ("
        + string.Join(", ", Enumerable.Range(1, contract.Columns.Count).Select(n => $"?{n}"))
        + ")";

    public static string? Index(ContractModel contract) => contract.LooksUpStaged
        ? $"create index temp.{SqliteNames.Quote($"ix_stage_{contract.Table}")}\non {SqliteNames.Quote("stage_" + contract.Table)} ({SqliteNames.List(contract.BatchKey, "", ", ")})"
        : null;

    public static string? FindDuplicates(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count > 0)
        {
            return null;
        }

        // To SQLite a cross join is one whose order is meant: the other way round it would look for duplicates once per row.
        string keys = SqliteNames.List(contract.BatchKey, "", ", ");
        return $"""
            select
                {SqliteNames.List(contract.Columns, "s.", ",\n    ")}
            from (
                select {keys}
                from {SqliteNames.Staging(contract)}
                group by {keys}
                having count(*) > 1
                order by {keys}
                limit 1
            ) as d
            cross join {SqliteNames.Staging(contract)} as s
            on {string.Join("\nand ", contract.BatchKey.Select(key => SqliteDialect.Instance.Same(key, contract.MayBeNull(key), "s", "d")))}
            order by s.{SqliteNames.RowId(contract)}
            limit 2
            """;
    }

    public static string? KeepLatest(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count == 0)
        {
            return null;
        }

        string rowId = SqliteNames.RowId(contract);
        return $"""
            delete from {SqliteNames.Staging(contract)}
            where {rowId} in (
                select staged
                from (
                    select
                        {rowId} as staged,
                        row_number() over (
                            partition by {SqliteNames.List(contract.BatchKey, "", ", ")}
                            order by
                                {string.Join(",\n                    ", contract.LatestBy.SelectMany(LatestFirst))}
                        ) as place
                    from {SqliteNames.Staging(contract)}
                )
                where place > 1
            )
            """;
    }

    /// <summary>Descending order; SQLite takes null for less than any value, as the contract does.</summary>
    private static IEnumerable<string> LatestFirst(ColumnModel column)
    {
        string name = SqliteNames.Quote(column.Name);
        return SqliteTextNumbers.IsOf(column) ? SqliteTextNumbers.Descending(name) : [$"{name} desc"];
    }
}
