using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>What is asked inside the publishing transaction before anything changes, and may stop it.</summary>
internal sealed class GuardSql(SqlDialect sql)
{
    /// <summary>
    /// A staged row, and then the row in the table that has its key and version and is another; null where the contract does
    /// not ask.
    /// </summary>
    public string? FindConflict(ContractModel contract)
    {
        List<ColumnModel> others = [.. contract.Updated.Where(column => column != contract.Version)];
        if (contract.Version is not { } version || contract.OnSameVersion != "Fail" || others.Count == 0)
        {
            return null;
        }

        string keys = sql.List(contract.Keys, "s.", ", ");
        string notMarked = contract.Marker is { } marker ? $"\nand {sql.IsFalse(sql.Column("s", marker))}" : "";
        string first = sql.SelectFirst(
            keys,
            $"""
            {sql.Staging(contract)} as s
            join {sql.Table(contract)} as t
            on {sql.SameKey(contract, "t", "s", "\nand ")}
            where {sql.Column("s", version)} = {sql.Column("t", version)}{notMarked}
            and (
                {sql.Differ(others, "t", "s")}
            )
            """,
            keys);
        return $"""
            with conflict as (
                {sql.Indent(first)}
            )
            select
                {sql.StagedList(contract, "s.")},
                0 as tp_side
            from conflict as c
            join {sql.Staging(contract)} as s
            on {sql.SameKey(contract, "s", "c", "\nand ")}
            union all
            select
                {sql.ReadList(contract, "t.")},
                1
            from conflict as c
            join {sql.Table(contract)} as t
            on {sql.SameKey(contract, "t", "c", "\nand ")}
            order by tp_side
            """;
    }

    /// <summary>How many rows are in scope, and how many of them the batch does not have; null where nothing is deleted for that.</summary>
    public string? CountMissing(ContractModel contract) => contract.DeleteMissing is null
        ? null
        : $"""
            select {sql.Count}(*), {sql.Count}(case when staged = 0 then 1 end)
            from (
                select case when {sql.Indent(IsStaged(contract))} then 1 else 0 end as staged
                from {sql.Table(contract)} as t
                where {sql.Indent(InScope(contract))}
            ) as scoped
            """;

    /// <summary>Whether the batch has the key of a row of the table.</summary>
    public string IsStaged(ContractModel contract) => $"""
        exists (
            select 1
            from {sql.Staging(contract)} as s
            where {sql.SameKey(contract, "t", "s", "\n    and ")}
        )
        """;

    /// <summary>Whether a row of the table may be deleted because the batch does not have it; a version of a history, whether it held before the window.</summary>
    public string InScope(ContractModel contract)
    {
        string holds = contract.Strategy == StrategyKind.History ? new HistorySql(sql).HeldBefore(contract, "t") : "";
        string scope = contract.DeleteMissing!.Scope switch
        {
            DeleteScopeKind.Window => sql.InWindow(contract.Columns[contract.DeleteMissing.Column], "t."),
            DeleteScopeKind.Group => IsInGroup(contract, contract.Columns[contract.DeleteMissing.Column]),
            _ => "",
        };
        return (holds, scope) switch
        {
            ("", "") => sql.Always,
            (_, "") => holds,
            ("", _) => scope,
            _ => $"{holds}\nand {scope}",
        };
    }

    private string IsInGroup(ContractModel contract, ColumnModel column) => $"""
        exists (
            select 1
            from {sql.Staging(contract)} as g
            where {sql.Same(column, contract.MayBeNull(column), "t", "g")}
        )
        """;
}
