using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// How staged rows become versions of a history. What the window did before is taken back first, so that a re-run is a first
/// run. Then the staged rows are thinned to those that change something; each of them opens a version that holds until the next
/// change of its key, and closes the one that held. Loading windows in any order keeps the intervals apart; loading all of them
/// in time order, from any point on, gives the history built from scratch.
/// </summary>
internal sealed class HistorySql(SqlDialect sql)
{
    public IReadOnlyList<StatementText> Publish(ContractModel contract) =>
    [
        new PublishSql(sql).Delete(contract, "PublishTakeBack", sql.InWindow(From(contract))),
        Reopen(contract),
        .. CloseMissing(contract),
        DropRepeated(contract),
        DropUnchanged(contract),
        Open(contract),
        Close(contract),
        .. new LateColumnSql(sql).NoteKnown(contract),
    ];

    /// <summary>
    /// Whether a version holds when the window starts, but for what the window itself does: one it opened did not hold before, one
    /// it closed did. So that a re-run counts what a first run counts.
    /// </summary>
    public string HeldBefore(ContractModel contract, string version) =>
        $"{Start(contract, version)} < {sql.Start} and ({End(contract, version)} is null or {End(contract, version)} >= {sql.Start})";

    /// <summary>What was closed in the window holds again, until the next version of its key.</summary>
    private StatementText Reopen(ContractModel contract) => new("PublishReopen", StatementText.Update, sql.Update(
        sql.Table(contract),
        "t",
        [(sql.Quote(To(contract).Name), $"""
            (
                    select min({Start(contract, "n")})
                    from {sql.Table(contract)} as n
                    where {sql.SameKey(contract, "n", "t", "\n        and ")}
                    and {Start(contract, "n")} > {Start(contract, "t")}
                )
            """)],
        null,
        sql.InWindow(To(contract), "t.")));

    /// <summary>What the source no longer has is closed when the window starts.</summary>
    private IEnumerable<StatementText> CloseMissing(ContractModel contract)
    {
        if (contract.DeleteMissing is null)
        {
            return [];
        }

        var guards = new GuardSql(sql);
        return
        [
            new("PublishCloseMissing", StatementText.CloseMissing, sql.Update(
                sql.Table(contract),
                "t",
                [(sql.Quote(To(contract).Name), sql.Start)],
                null,
                $"{guards.InScope(contract)}\nand not {guards.IsStaged(contract)}")),
        ];
    }

    /// <summary>A staged row that says what the one before it said is no change.</summary>
    private StatementText DropRepeated(ContractModel contract) => new("StageDropRepeated", StatementText.None, sql.Delete(sql.Staging(contract), "s", $"""
        exists (
            select 1
            from {sql.Staging(contract)} as p
            where {sql.SameKey(contract, "p", "s", "\n    and ")}
            and {Start(contract, "p")} = (
                select max({Start(contract, "q")})
                from {sql.Staging(contract)} as q
                where {sql.SameKey(contract, "q", "s", "\n        and ")}
                and {Start(contract, "q")} < {Start(contract, "s")}
            )
            and {sql.Indent(SaysTheSame(contract, "p", "s"))}
        )
        """));

    /// <summary>A first staged row that says what holds already, or that nothing holds where nothing does, is no change.</summary>
    private StatementText DropUnchanged(ContractModel contract)
    {
        string unchanged = $"""
            exists (
                {sql.Indent(Holding(contract, "1"))}
                and {sql.Indent(NotDifferent(contract, told => new LateColumnSql(sql).Differ(contract, told, "t", "s")))}
            )
            """;
        string change = contract.Marker is not { } marker
            ? unchanged
            : $"""
                (
                    {sql.IsFalse(sql.Column("s", marker))}
                    and {sql.Indent(unchanged)}
                    or {sql.IsTrue(sql.Column("s", marker))}
                    and not exists (
                        {sql.Indent(Holding(contract, "1"), 2)}
                    )
                )
                """;
        return new("StageDropUnchanged", StatementText.None, sql.Delete(sql.Staging(contract), "s", $"""
            {Start(contract, "s")} = {First(contract)}
            and {change}
            """));
    }

    /// <summary>Each change opens a version that holds until the next change of its key, staged or known from other windows.</summary>
    private StatementText Open(ContractModel contract)
    {
        string end = $"""
            (
                    select min(x.until)
                    from (
                        select min({Start(contract, "n")}) as until
                        from {sql.Staging(contract)} as n
                        where {sql.SameKey(contract, "n", "s", "\n            and ")}
                        and {Start(contract, "n")} > {Start(contract, "s")}
                        union all
                        select min({Start(contract, "n")})
                        from {sql.Table(contract)} as n
                        where {sql.SameKey(contract, "n", "s", "\n            and ")}
                        and {Start(contract, "n")} >= {sql.End}
                        union all
                        {sql.Indent(Holding(contract, End(contract, "t")), 3)}
                    ) as x
                )
            """;
        string where = contract.Marker is { } marker ? $"\nwhere {sql.IsFalse(sql.Column("s", marker))}" : "";
        string absent = $"""
            {(where.Length == 0 ? "where" : where.TrimStart() + "\nand")} not exists (
                select 1
                from {sql.Table(contract)} as t
                where {sql.SameKey(contract, "t", "s", "\n    and ")}
                and {Start(contract, "t")} = {Start(contract, "s")}
            )
            """;
        return new("PublishOpen", StatementText.Insert, $"""
            {sql.InsertInto} {sql.Table(contract)} (
                {sql.List(contract.Stored, "", ",\n    ")}
            )
            select
                {string.Join(",\n    ", contract.Stored.Select(column => column == To(contract) ? end : sql.Column("s", column)))}
            from {sql.Staging(contract)} as s{where}{sql.InsertionOrder($"{sql.List(contract.Keys, "s.", ", ")}, {Start(contract, "s")}")}
            """)
        {
            CountAbsent = $"select {sql.Count}(*)\nfrom {sql.Staging(contract)} as s\n{absent}",
        };
    }

    /// <summary>What held until the first change is closed by it: each version that a change opened ends with the next one already.</summary>
    private StatementText Close(ContractModel contract) => new("PublishClose", StatementText.Update, sql.Update(
        sql.Table(contract),
        "t",
        [(sql.Quote(To(contract).Name), Start(contract, "s"))],
        (sql.Staging(contract), "s"),
        $"""
        {Held(contract)}
        and {Start(contract, "s")} = {First(contract)}
        """));

    private string Holding(ContractModel contract, string selected) => $"""
        select {selected}
        from {sql.Table(contract)} as t
        where {Held(contract)}
        """;

    /// <summary>
    /// Whether a version holds when a staged row starts, before the window is published. None starts within the window then, and
    /// none overlaps another: it is the latest before the window, found by one step in the index however many the key has. Asking for
    /// the latest before the staged row would step over all that this load has taken back or opened, once for each staged row.
    /// </summary>
    private string Held(ContractModel contract) => $"""
        {sql.SameKey(contract, "t", "s", "\nand ")}
        and {Start(contract, "t")} = (
            select max({Start(contract, "h")})
            from {sql.Table(contract)} as h
            where {sql.SameKey(contract, "h", "s", "\n    and ")}
            and {Start(contract, "h")} < {sql.Start}
        )
        and ({End(contract, "t")} is null or {End(contract, "t")} > {Start(contract, "s")})
        """;

    /// <summary>When the first staged row of a key starts.</summary>
    private string First(ContractModel contract) => $"""
        (
            select min({Start(contract, "p")})
            from {sql.Staging(contract)} as p
            where {sql.SameKey(contract, "p", "s", "\n    and ")}
        )
        """;

    private string SaysTheSame(ContractModel contract, string left, string right) => contract.Marker is not { } marker
        ? NotDifferent(contract, told => sql.Differ(told, left, right))
        : $"""
            (
                {sql.IsTrue(sql.Column(left, marker))} and {sql.IsTrue(sql.Column(right, marker))}
                or {sql.IsFalse(sql.Column(left, marker))} and {sql.IsFalse(sql.Column(right, marker))}
                and {sql.Indent(NotDifferent(contract, told => sql.Differ(told, left, right)))}
            )
            """;

    private string NotDifferent(ContractModel contract, Func<IReadOnlyList<ColumnModel>, string> differ)
    {
        List<ColumnModel> told = [.. contract.Values.Where(column => column.Stamp == StampKind.None)];
        return told.Count == 0
            ? sql.Always
            : $"""
                not (
                    {differ(told)}
                )
                """;
    }

    private string Start(ContractModel contract, string alias) => sql.Column(alias, From(contract));

    private string End(ContractModel contract, string alias) => sql.Column(alias, To(contract));

    private static ColumnModel From(ContractModel contract) => contract.Columns[contract.PartitionColumn];

    private static ColumnModel To(ContractModel contract) => contract.Columns.First(column => column.Stamp == StampKind.Open);
}
