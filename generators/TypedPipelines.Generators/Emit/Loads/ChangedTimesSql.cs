using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// The times of the rows that a publish is about to change, as they are and as they become, where they need not lie in the window that is loaded: those of a merge, of a
/// run and of what is appended. What others have made of rows of another time is made of other rows then. Asked before the first statement of the publish, in its transaction.
/// </summary>
internal sealed class ChangedTimesSql(SqlDialect sql)
{
    private readonly PublishSql _publish = new(sql);

    /// <summary>Selects the times of rows that are updated, deleted or inserted, but for those that are deleted because the batch does not have them; null where there is nothing to ask.</summary>
    public string? Changed(ContractModel contract) => !TimesOf(contract).Any() ? null : contract.Strategy switch
    {
        StrategyKind.Merge => contract.MatchesNulls ? InTwo(contract) : InOne(contract),
        StrategyKind.ReplaceRun => $"""
            select {Times(contract, "t", "t")}
            from {sql.Table(contract)} as t
            where {sql.IsPartition(contract.RunColumn!)}
            union
            {Staged(contract)}
            """,
        StrategyKind.Append => Staged(contract, "distinct "),
        _ => null,
    };

    private string Staged(ContractModel contract, string distinct = "") => $"""
        select {distinct}{Times(contract, "s", "s")}
        from {sql.Staging(contract)} as s
        """;

    /// <summary>A row of the table that is not there has no key.</summary>
    private string InOne(ContractModel contract)
    {
        string absent = $"{sql.Column("t", contract.Keys.First())} is null";
        string[] changes =
        [
            contract.Marker is { } marker ? $"{absent} and {sql.IsFalse(sql.Column("s", marker))}" : absent,
            .. Touches(contract).Select(touch => contract.Marker is null ? touch : $"{sql.Column("t", contract.Keys.First())} is not null\nand {touch}"),
        ];
        return $"""
            select distinct {Times(contract, "t", "s")}
            from {sql.Staging(contract)} as s
            left join {sql.Table(contract)} as t
            on {sql.SameKey(contract, "t", "s", "\nand ")}
            where {Any(changes)}
            """;
    }

    /// <summary>Where null is a key, what is not there must be asked for.</summary>
    private string InTwo(ContractModel contract)
    {
        string[] touches = [.. Touches(contract)];
        string touched = touches.Length == 0
            ? ""
            : $"""
                select {Times(contract, "t", "s")}
                from {sql.Staging(contract)} as s
                join {sql.Table(contract)} as t
                on {sql.SameKey(contract, "t", "s", "\nand ")}
                where {Any(touches)}
                union

                """;
        return $"""
            {touched}{Staged(contract)}
            {_publish.Absent(contract)}
            """;
    }

    /// <summary>Selects the times of rows that are deleted because the batch does not have them; null where none are.</summary>
    public string? Missing(ContractModel contract) => !TimesOf(contract).Any() || contract.Strategy != StrategyKind.Merge || contract.DeleteMissing is null
        ? null
        : $"""
            select distinct {Times(contract, "t", "t")}
            from {sql.Table(contract)} as t
            where {new GuardSql(sql).InScope(contract)}
            and not {new GuardSql(sql).IsStaged(contract)}
            """;

    /// <summary>Whether a staged row deletes or updates the row of the table that has its key.</summary>
    private IEnumerable<string> Touches(ContractModel contract)
    {
        if (contract.Marker is { } marker)
        {
            yield return _publish.Deletes(contract, marker, "\nand ");
        }

        if (contract.Updated.Any())
        {
            yield return (contract.Marker is { } kept ? $"{sql.IsFalse(sql.Column("s", kept))}\nand " : "") + _publish.Changes(contract);
        }
    }

    private string Any(string[] conditions) =>
        conditions.Length == 1 ? conditions[0] : string.Join("\nor ", conditions.Select(condition => $"(\n    {sql.Indent(condition)}\n)"));

    private string Times(ContractModel contract, string before, string after) =>
        $"{sql.List(TimesOf(contract), before + ".", ", ")}, {sql.List(TimesOf(contract), after + ".", ", ")}";

    /// <summary>In the order in which the runtime reads them.</summary>
    private static IEnumerable<ColumnModel> TimesOf(ContractModel contract) =>
        contract.Stored.Where(column => column.Kind is ColumnKind.Date or ColumnKind.Instant);
}
