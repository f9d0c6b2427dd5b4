using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// Columns that a history has gained. Versions written before that hold nothing in them, which says nothing of the row: the first
/// value is no change. The ledger keeps the spans of time whose versions were written before; a window that is loaded is taken out of
/// them, for what it then says, null too, it says of the row. So what is loaded again is what a history built from scratch would hold.
/// </summary>
internal sealed class LateColumnSql(SqlDialect sql)
{
    /// <summary>Whether a staged row differs from the version of the table that holds when it begins.</summary>
    public string Differ(ContractModel contract, IReadOnlyList<ColumnModel> told, string version, string staged)
    {
        if (contract.NewColumnsOpenVersions)
        {
            return sql.Differ(told, version, staged);
        }

        List<ColumnModel> always = [.. told.Where(column => !contract.MayBeNull(column))];
        IEnumerable<string> parts = told
            .Where(contract.MayBeNull)
            .Select(column => $"{sql.Differs(column, version, staged)}\n    and ({sql.Column(version, column)} is not null or not {sql.Indent(IsLate(contract, column, version))})");
        return string.Join("\n    or ", always.Count == 0 ? parts : parts.Prepend(sql.Differ(always, version, staged)));
    }

    /// <summary>What a window says of its columns is known once it is loaded: it leaves the spans, and what they had on both its sides stays.</summary>
    public IEnumerable<StatementText> NoteKnown(ContractModel contract)
    {
        if (!contract.Values.Any(column => column.Stamp == StampKind.None && contract.MayBeNull(column)))
        {
            yield break;
        }

        string table = $"table_name = {sql.Text(sql.LedgerName(contract))}";
        string start = sql.Moment(Time(contract), sql.Start);
        string end = sql.Moment(Time(contract), sql.End);
        yield return new("LateAfterWindow", StatementText.None, $"""
            insert into {sql.LateColumns} (table_name, column_name, added_at, since, until)
            select table_name, column_name, added_at, {end}, until
            from {sql.LateColumns}
            where {table}
            and (since is null or since < {end})
            and (until is null or until > {end})
            and {start} < {end}
            """);
        yield return new("LateBeforeWindow", StatementText.None, $"""
            update {sql.LateColumns}
            set until = {start}
            where {table}
            and (since is null or since < {start})
            and (until is null or until > {start})
            """);
        yield return new("KnownInWindow", StatementText.None, $"""
            delete from {sql.LateColumns}
            where {table} and since >= {start} and since < {end}
            """);
    }

    /// <summary>Whether a version was written before the table had a column.</summary>
    private string IsLate(ContractModel contract, ColumnModel column, string version)
    {
        string from = sql.Moment(Time(contract), sql.Column(version, Time(contract)));
        return $"""
            exists (
                select 1
                from {sql.LateColumns} as l
                where l.table_name = {sql.Text(sql.LedgerName(contract))} and l.column_name = {sql.Text(column.Name)}
                and (l.since is null or l.since <= {from})
                and (l.until is null or l.until > {from})
            )
            """;
    }

    private static ColumnModel Time(ContractModel contract) => contract.Columns[contract.PartitionColumn];
}
