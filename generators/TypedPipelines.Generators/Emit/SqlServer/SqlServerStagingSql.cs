using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>The staging table and what is checked in it before a publish.</summary>
internal static class SqlServerStagingSql
{
    /// <summary>
    /// All texts compare by their code units: else they would by the collation of tempdb, which is not the database's. Where there is a
    /// key, the rows are counted, so that one of two equal rows can be named.
    /// </summary>
    public static string CreateStaging(ContractModel contract)
    {
        IEnumerable<string> lines = contract.Columns.Select(column =>
            $"{SqlServerNames.Quote(column.Name)} {SqlServerTableSql.BareTypeOf(column)}{(column.Kind == ColumnKind.String ? $" collate {SqlServerNames.Ordinal}" : "")} null");
        if (contract.Keys.Any())
        {
            lines = lines.Concat([$"{SqlServerNames.RowNumber(contract)} bigint identity not null"]);
        }

        return $"create table {SqlServerNames.Staging(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static string DropStaging(ContractModel contract) => $"drop table if exists {SqlServerNames.Staging(contract)}";

    public static string? Index(ContractModel contract) => contract.LooksUpStaged && SqlServerTableSql.CanIndex(contract.BatchKey)
        ? $"create index ix_stage\non {SqlServerNames.Staging(contract)} ({SqlServerNames.List(contract.BatchKey, "", ", ")})"
        : null;

    public static string? FindDuplicates(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count > 0)
        {
            return null;
        }

        // Keys that differ only in their padding are grouped apart: whether they are two is not for the staging to say.
        string keys = SqlServerNames.List(contract.BatchKey, "", ", ");
        string exact = string.Join(", ", contract.BatchKey.SelectMany(key => SqlServerNames.Exact(key, "")));
        return $"""
            select top (2)
                {SqlServerNames.List(contract.Columns, "s.", ",\n    ")}
            from (
                select top (1) {keys}
                from {SqlServerNames.Staging(contract)}
                group by {exact}
                having count_big(*) > 1
                order by {keys}
            ) as d
            join {SqlServerNames.Staging(contract)} as s
            on {string.Join("\nand ", contract.BatchKey.Select(key => SqlServerDialect.Instance.Same(key, contract.MayBeNull(key), "s", "d")))}
            order by s.{SqlServerNames.RowNumber(contract)}
            """;
    }

    public static string? KeepLatest(ContractModel contract)
    {
        if (!contract.Keys.Any() || contract.KeepLatest.Count == 0)
        {
            return null;
        }

        string row = SqlServerNames.RowNumber(contract);
        return $"""
            delete from {SqlServerNames.Staging(contract)}
            where {row} in (
                select staged
                from (
                    select
                        {row} as staged,
                        row_number() over (
                            partition by {string.Join(", ", contract.BatchKey.SelectMany(key => SqlServerNames.Exact(key, "")))}
                            order by
                                {string.Join(",\n                    ", contract.LatestBy.SelectMany(LatestFirst).Append(row))}
                        ) as place
                    from {SqlServerNames.Staging(contract)}
                ) as ranked
                where place > 1
            )
            """;
    }

    /// <summary>
    /// Descending order, in which null is less than any value. A GUID goes by its text, as everywhere else: SQL Server's own order begins
    /// with its last six bytes. What is padded when compared is the greater the longer it is.
    /// </summary>
    private static IEnumerable<string> LatestFirst(ColumnModel column)
    {
        foreach (string part in SqlServerNames.Exact(column, ""))
        {
            yield return column.Kind == ColumnKind.Guid ? $"convert(char(36), {part}) collate {SqlServerNames.Ordinal} desc" : $"{part} desc";
        }
    }
}
