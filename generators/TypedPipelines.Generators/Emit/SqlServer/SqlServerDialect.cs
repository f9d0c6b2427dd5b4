using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>How SQL Server writes a load.</summary>
internal sealed class SqlServerDialect : SqlDialect
{
    public static readonly SqlServerDialect Instance = new();

    public override string Start => "@start";

    public override string End => "@end";

    public override string Partition => "@partition";

    public override string Always => "1 = 1";

    public override string False => "cast(0 as bit)";

    public override string Count => "count_big";

    public override string LateColumns => "typed_pipelines.late_column";

    protected override char OpenQuote => '[';

    protected override char CloseQuote => ']';

    public override string Text(string name) => $"N{base.Text(name)}";

    /// <summary>A date counts as its midnight in UTC.</summary>
    public override string Moment(ColumnModel column, string time) => column.Kind == ColumnKind.Date ? $"cast({time} as datetimeoffset(7))" : time;

    public override string Quote(string name) => SqlServerNames.Quote(name);

    public override string Table(ContractModel contract) => SqlServerNames.Table(contract);

    public override string Kept(ContractModel contract)
    {
        string name = Quote(SqlServerNames.Short(ReplacedSql.NameOf(contract)));
        return contract.Schema is null ? name : $"{Quote(contract.Schema)}.{name}";
    }

    public override string? CreateKeptIndex(ContractModel contract, ColumnModel by) => SqlServerTableSql.CanIndex([by])
        ? $"create index {Quote("kept_by")}\non {Kept(contract)} ({Quote(by.Name)})"
        : null;

    public override string Definition(ContractModel contract, ColumnModel column) => SqlServerTableSql.Definition(contract, column);

    public override string Staging(ContractModel contract) => SqlServerNames.Staging(contract);

    /// <summary>
    /// INTERSECT says that null equals null, and SQL Server can seek and join by it. To SQL Server a text is equal to the same with
    /// spaces behind it, and bytes to the same with zeros: their lengths count, too.
    /// </summary>
    public override string Same(ColumnModel column, bool nullable, string left, string right) => nullable
        ? $"exists (select {string.Join(", ", Compared(column, left))} intersect select {string.Join(", ", Compared(column, right))})"
        : string.Join(" and ", Compared(column, left).Zip(Compared(column, right), (one, other) => $"{one} = {other}"));

    public override string Differs(ColumnModel column, string left, string right) => Differ([column], left, right);

    /// <summary>Texts differ where a code unit does, whatever the table's collation.</summary>
    public override string Differ(IEnumerable<ColumnModel> columns, string left, string right) => $"""
        not exists (
                select
                    {string.Join(",\n            ", columns.SelectMany(column => Compared(column, left)))}
                intersect
                select
                    {string.Join(",\n            ", columns.SelectMany(column => Compared(column, right)))}
            )
        """;

    public override string IsTrue(string column) => $"{column} = 1";

    public override string IsFalse(string column) => $"{column} = 0";

    public override string Delete(string table, string alias, string where) => $"delete {alias}\nfrom {table} as {alias}\nwhere {where}";

    public override string FindFirst(string from) => $"select top (1) 1\nfrom {from}";

    public override string Update(string table, string alias, IEnumerable<(string Column, string Value)> set, (string Table, string Alias)? from, string where) =>
        $"update {alias}\nset\n    {string.Join(",\n    ", set.Select(part => $"{part.Column} = {part.Value}"))}\nfrom {table} as {alias}"
        + (from is { } other ? $"\njoin {other.Table} as {other.Alias}\non {where}" : $"\nwhere {where}");

    public override string SelectFirst(string columns, string from, string orderBy) => $"select top (1) {columns}\nfrom {from}\norder by {orderBy}";

    /// <summary>SQL Server sorts by itself what it inserts.</summary>
    public override string InsertionOrder(string columns) => "";

    /// <summary>SQL Server has no order in a subquery, and sorts by itself where it is worth it.</summary>
    public override string UpdateSource(ContractModel contract) => Staging(contract);

    public override string IsPartition(ColumnModel column) =>
        $"{Quote(column.Name)} = {Partition} and datalength({Quote(column.Name)}) = datalength({Partition})";

    /// <summary>A text with spaces behind it, and bytes with zeros, are others: by their lengths.</summary>
    public override IEnumerable<string> GroupedBy(ColumnModel column, string alias) => SqlServerNames.Exact(column, alias);

    public override string Refers(ColumnModel column, string alias, ColumnModel from, string fromAlias) =>
        string.Join(" and ", Compared(column, alias).Zip(Compared(from, fromAlias), (one, other) => $"{one} = {other}"));

    /// <summary>A column as two of its values are told apart. Texts of a key compare by their code units as it is.</summary>
    private static IEnumerable<string> Compared(ColumnModel column, string alias) => SqlServerNames.Exact(column, alias)
        .Select((part, i) => i == 0 && column is { Kind: ColumnKind.String, Key: false } ? $"{part} collate {SqlServerNames.Ordinal}" : part);
}
