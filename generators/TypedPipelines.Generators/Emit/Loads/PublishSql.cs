using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// How staged rows become the table's content. Plain statements, and no MERGE: a row that another unique index
/// refuses is an error, and never overwrites the row that was there. No TRUNCATE: it would shut out readers, or show them an
/// empty table.
/// </summary>
internal sealed class PublishSql(SqlDialect sql)
{
    private readonly GuardSql _guards = new(sql);

    public IReadOnlyList<StatementText> Publish(ContractModel contract) => contract.Strategy switch
    {
        StrategyKind.ReplacePartition or StrategyKind.Snapshot =>
            Replace(contract, sql.InWindow(contract.Columns[contract.PartitionColumn])),
        StrategyKind.ReplaceRun or StrategyKind.ReplaceFile =>
            Replace(contract, sql.IsPartition(contract.RunColumn!)),
        StrategyKind.ReplaceTable => [Delete(contract, "PublishDelete", null), Insert(contract)],
        StrategyKind.Merge => [.. DeleteMarked(contract), .. DeleteMissing(contract), .. Update(contract), InsertNew(contract)],
        StrategyKind.History => new HistorySql(sql).Publish(contract),
        _ => [Insert(contract)],
    };

    /// <summary>Inserts staged rows as they are; null where the load's own insert does.</summary>
    public string? Fill(ContractModel contract) => contract.Strategy == StrategyKind.History ? InsertFromStaging(contract) : null;

    /// <summary>Replaces the rows of the table that a condition holds for. The next run finds them by it again: it counts what there is before.</summary>
    private StatementText[] Replace(ContractModel contract, string condition) =>
    [
        Delete(contract, "PublishDelete", condition),
        Insert(contract) with { CountFound = $"select {sql.Count}(*)\nfrom {sql.Table(contract)}\nwhere {condition}" },
    ];

    /// <summary>Deletes the rows of the table that a condition holds for; null for all.</summary>
    internal StatementText Delete(ContractModel contract, string name, string? condition)
    {
        string where = condition is null ? "" : $"\nwhere {condition}";
        return new(name, StatementText.Delete, $"delete from {sql.Table(contract)}{where}") { FindKept = sql.FindFirst($"{sql.Table(contract)}{where}") };
    }

    /// <summary>Deletes the rows of the table, known as t, that a condition holds for.</summary>
    private StatementText DeleteEach(ContractModel contract, string name, string effect, string condition) =>
        new(name, effect, sql.Delete(sql.Table(contract), "t", condition)) { FindKept = sql.FindFirst($"{sql.Table(contract)} as t\nwhere {condition}") };

    private StatementText Insert(ContractModel contract) => new(
        "PublishInsert",
        StatementText.Insert,
        $"{InsertFromStaging(contract)}{(contract.Keys.Any() ? sql.InsertionOrder(sql.List(contract.Keys, "s.", ", ")) : "")}");

    /// <summary>The rows deleted at their source. With a version, a deletion that is older than the row is none.</summary>
    private IEnumerable<StatementText> DeleteMarked(ContractModel contract)
    {
        if (contract.Marker is not { } marker)
        {
            return [];
        }

        return
        [
            DeleteEach(contract, "PublishDeleteMarked", StatementText.Delete, $"""
                exists (
                    select 1
                    from {sql.Staging(contract)} as s
                    where {sql.SameKey(contract, "t", "s", "\n    and ")}
                    and {Deletes(contract, marker, "\n    and ")}
                )
                """),
        ];
    }

    /// <summary>Whether a staged row deletes the row of the table that has its key.</summary>
    internal string Deletes(ContractModel contract, ColumnModel marker, string separator) =>
        sql.IsTrue(sql.Column("s", marker)) + (contract.Version is { } version ? separator + sql.IsGreater(version, "s", "t", orEqual: true) : "");

    private IEnumerable<StatementText> DeleteMissing(ContractModel contract) => contract.DeleteMissing is null
        ? []
        :
        [DeleteEach(contract, "PublishDeleteMissing", StatementText.DeleteMissing, $"{_guards.InScope(contract)}\nand not {_guards.IsStaged(contract)}")];

    /// <summary>Touches only rows that differ: null to null is no change. With a version, only those that are newer.</summary>
    private IEnumerable<StatementText> Update(ContractModel contract)
    {
        if (!contract.Updated.Any())
        {
            return [];
        }

        return
        [
            new("PublishUpdate", StatementText.Update, sql.Update(
                sql.Table(contract),
                "t",
                contract.Updated.Select(value => (sql.Quote(value.Name), sql.Column("s", value))),
                (sql.UpdateSource(contract), "s"),
                $"{sql.SameKey(contract, "t", "s", "\nand ")}{NotMarked(contract)}\nand {Changes(contract)}")),
        ];
    }

    /// <summary>Whether a staged row changes the row of the table that has its key.</summary>
    internal string Changes(ContractModel contract) => $"""
        {IsNewer(contract, "s")}(
            {sql.Differ(contract.Updated, "t", "s")}
        )
        """;

    /// <summary>With a version, that a row that came is newer than the table's, before what else there is to ask.</summary>
    internal string IsNewer(ContractModel contract, string came) => contract.Version is { } version
        ? $"{sql.IsGreater(version, came, "t", orEqual: contract.OnSameVersion == "Overwrite")}\nand "
        : "";

    private StatementText InsertNew(ContractModel contract)
    {
        string absent = Absent(contract);
        return new("PublishInsert", StatementText.Insert, $"{InsertFromStaging(contract)}\n{absent}{sql.InsertionOrder(sql.List(contract.Keys, "s.", ", "))}")
        {
            CountAbsent = $"select {sql.Count}(*)\nfrom {sql.Staging(contract)} as s\n{absent}",
        };
    }

    /// <summary>The staged rows, known as s, that the table does not have by their key, and that are not to be deleted from it.</summary>
    internal string Absent(ContractModel contract) => $"""
        where not exists (
            select 1
            from {sql.Table(contract)} as t
            where {sql.SameKey(contract, "t", "s", "\n    and ")}
        ){NotMarked(contract)}
        """;

    private string NotMarked(ContractModel contract) => contract.Marker is { } marker ? $"\nand {sql.IsFalse(sql.Column("s", marker))}" : "";

    internal string InsertFromStaging(ContractModel contract, string? alias = null) => $"""
        {sql.InsertInto} {sql.Table(contract)}{(alias is null ? "" : $" as {alias}")} (
            {sql.List(contract.Stored, "", ",\n    ")}
        )
        select
            {sql.List(contract.Stored, "s.", ",\n    ")}
        from {sql.Staging(contract)} as s
        """;
}
