using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// A merge in one statement, which goes through the table once where an update and an insert go twice. The conflict it looks for is that
/// of the key and no other. Only for a table whose one unique index is the key's: in another, a row could be refused for a value that an
/// update before it would have set free.
/// </summary>
internal sealed class UpsertSql(SqlDialect sql)
{
    /// <summary>The statement; null where there is nothing to update, or null is a key, which no index finds.</summary>
    public string? Upsert(ContractModel contract)
    {
        if (contract.Strategy != StrategyKind.Merge || contract.MatchesNulls || !contract.Updated.Any())
        {
            return null;
        }

        var publish = new PublishSql(sql);
        return $"""
            {publish.InsertFromStaging(contract, "t")}
            where {(contract.Marker is { } marker ? sql.IsFalse(sql.Column("s", marker)) : sql.Always)}{sql.InsertionOrder(sql.List(contract.Keys, "s.", ", "))}
            on conflict ({sql.List(contract.Keys, "", ", ")}) do update set
                {string.Join(",\n    ", contract.Updated.Select(column => $"{sql.Quote(column.Name)} = {sql.Column("excluded", column)}"))}
            where {sql.CountUpdate($"""
                {publish.IsNewer(contract, "excluded")}(
                    {sql.Differ(contract.Updated, "t", "excluded")}
                )
                """)}
            """;
    }

    /// <summary>Counts, of the first two hundred staged rows, those that the table has as they are; null where there is no statement.</summary>
    public string? CountUnchanged(ContractModel contract) => Upsert(contract) is null
        ? null
        : $"""
            select {sql.Count}(*)
            from (
                select *
                from {sql.Staging(contract)}
                limit 200
            ) as s
            join {sql.Table(contract)} as t
            on {sql.SameKey(contract, "t", "s", "\nand ")}
            where not (
                {sql.Differ(contract.Updated, "t", "s")}
            )
            """;
}
