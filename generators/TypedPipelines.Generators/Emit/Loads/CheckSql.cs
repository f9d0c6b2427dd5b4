using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>The statement of a declared check: what it finds is wrong.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Sql">The statement.</param>
/// <param name="NorStaged">A further condition for where the other table's rows are staged, too; null where there is none.</param>
/// <param name="Other">The other table; null for none.</param>
internal sealed record CheckText(string Check, string Sql, string? NorStaged, string? Other);

/// <summary>What is asked of the staged rows for the checks that a contract declares.</summary>
internal sealed class CheckSql(SqlDialect sql)
{
    public IReadOnlyList<CheckText> Of(ContractModel contract)
    {
        var texts = new List<CheckText>();
        foreach (TableCheckModel check in contract.Checks)
        {
            if (check.Kind == TableCheckKind.Unique)
            {
                texts.Add(new CheckText(check.Name, Unique(contract, [.. check.Columns.Select(column => contract.Columns[column])]), null, null));
            }
            else if (check.Reference is { } reference)
            {
                ColumnModel column = contract.Columns[check.Columns[0]];
                ContractModel other = contract with { Table = reference.Table, Schema = reference.Schema };
                texts.Add(new CheckText(
                    check.Name, References(contract, column, sql.Table(other), reference), $"and {IsNowhere(column, sql.Staging(other), "o", reference)}", reference.DisplayName));
            }
        }

        return texts;
    }

    private string Unique(ContractModel contract, IReadOnlyList<ColumnModel> columns)
    {
        string present = string.Join("\nand ", columns.Where(column => column.Nullable).Select(column => $"{sql.Column("s", column)} is not null"));
        return $"""
            select
                {sql.List(columns, "s.", ",\n    ")},
                {sql.Count}(*) as rows_with_it
            from {sql.Staging(contract)} as s{(present.Length == 0 ? "" : $"\nwhere {present}")}
            group by {string.Join(", ", columns.SelectMany(column => sql.GroupedBy(column, "s")))}
            having {sql.Count}(*) > 1
            """;
    }

    private string References(ContractModel contract, ColumnModel column, string table, ReferenceModel reference) => $"""
        select distinct {sql.Column("s", column)}
        from {sql.Staging(contract)} as s
        where {sql.Column("s", column)} is not null
        and {IsNowhere(column, table, "t", reference)}
        """;

    private string IsNowhere(ColumnModel column, string table, string alias, ReferenceModel reference) => $"""
        not exists (
            select 1
            from {table} as {alias}
            where {sql.Refers(reference.Column, alias, column, "s")}
        )
        """;
}
