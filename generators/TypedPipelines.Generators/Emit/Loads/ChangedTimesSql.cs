using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// The times of the rows that a merge is about to change, as they are and as they become: its rows belong to no window, and what others have made of
/// those of another time is made of other rows then. Asked before the first statement of the publish, in its transaction.
/// </summary>
internal sealed class ChangedTimesSql(SqlDialect sql)
{
    private readonly PublishSql _publish = new(sql);

    /// <summary>Selects the times of rows that are updated, deleted by their marker, or inserted; null where there is nothing to ask.</summary>
    public string? Changed(ContractModel contract) => !Has(contract)
        ? null
        : $"""
            {(Touched(contract) is { } touched ? $"{touched}\nunion\n" : "")}select {Times(contract, "s", "s")}
            from {sql.Staging(contract)} as s
            {_publish.Absent(contract)}
            """;

    /// <summary>Selects the times of rows that are deleted because the batch does not have them; null where none are.</summary>
    public string? Missing(ContractModel contract) => !Has(contract) || contract.DeleteMissing is null
        ? null
        : $"""
            select distinct {Times(contract, "t", "t")}
            from {sql.Table(contract)} as t
            where {new GuardSql(sql).InScope(contract)}
            and not {new GuardSql(sql).IsStaged(contract)}
            """;

    private string? Touched(ContractModel contract)
    {
        string[] touched =
        [
            .. contract.Marker is { } marker ? [_publish.Deletes(contract, marker, "\nand ")] : System.Array.Empty<string>(),
            .. contract.Updated.Any() ? [Updates(contract)] : System.Array.Empty<string>(),
        ];
        return touched.Length == 0
            ? null
            : $"""
                select {Times(contract, "t", "s")}
                from {sql.Staging(contract)} as s
                join {sql.Table(contract)} as t
                on {sql.SameKey(contract, "t", "s", "\nand ")}
                where {(touched.Length == 1 ? touched[0] : string.Join("\nor ", touched.Select(condition => $"(\n    {sql.Indent(condition)}\n)")))}
                """;
    }

    private string Updates(ContractModel contract) =>
        (contract.Marker is { } marker ? $"{sql.IsFalse(sql.Column("s", marker))}\nand " : "") + _publish.Changes(contract);

    private static bool Has(ContractModel contract) => contract.Strategy == StrategyKind.Merge && TimesOf(contract).Any();

    private string Times(ContractModel contract, string before, string after) =>
        $"{sql.List(TimesOf(contract), before + ".", ", ")}, {sql.List(TimesOf(contract), after + ".", ", ")}";

    /// <summary>In the order in which the runtime reads them.</summary>
    private static IEnumerable<ColumnModel> TimesOf(ContractModel contract) =>
        contract.Stored.Where(column => column.Kind is ColumnKind.Date or ColumnKind.Instant);
}
