using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>How SQLite writes a load.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string Start => "@start";

    public override string End => "@end";

    public override string Partition => "@partition";

    /// <summary>Or abort: else a table could declare that a row in conflict replaces the one that is there, or is left out.</summary>
    public override string InsertInto => "insert or abort into";

    public override string Always => "true";

    public override string False => "0";

    public override string LateColumns => "main.tp_late_column";

    /// <summary>SQLite knows no schemas.</summary>
    public override string LedgerName(ContractModel contract) => contract.Table;

    public override string Moment(ColumnModel column, string time) => time;

    public override string Quote(string name) => SqliteNames.Quote(name);

    public override string Table(ContractModel contract) => SqliteNames.Table(contract);

    public override string Kept(ContractModel contract) => $"main.{Quote(ReplacedSql.NameOf(contract))}";

    public override string? CreateKeptIndex(ContractModel contract, ColumnModel by) =>
        $"create index main.{Quote("tp_ix_" + ReplacedSql.NameOf(contract))}\non {Quote(ReplacedSql.NameOf(contract))} ({Quote(by.Name)})";

    public override string Definition(ContractModel contract, ColumnModel column) =>
        SqliteTableSql.TypeOf(column) + (contract.MayBeNull(column) ? "" : " not null");

    public override string Staging(ContractModel contract) => SqliteNames.Staging(contract);

    public override string Same(ColumnModel column, bool nullable, string left, string right) =>
        $"{Column(left, column)} {(nullable ? "is" : "=")} {Column(right, column)}";

    public override string Differs(ColumnModel column, string left, string right) => $"{Column(left, column)} is not {Column(right, column)}";

    public override string IsGreater(ColumnModel column, string left, string right, bool orEqual) => SqliteTextNumbers.IsOf(column)
        ? SqliteTextNumbers.IsGreater(Column(left, column), Column(right, column), orEqual)
        : base.IsGreater(column, left, right, orEqual);

    public override string IsTrue(string column) => column;

    public override string IsFalse(string column) => $"not {column}";

    public override string Delete(string table, string alias, string where) => $"delete from {table} as {alias}\nwhere {where}";

    public override string Update(string table, string alias, IEnumerable<(string Column, string Value)> set, (string Table, string Alias)? from, string where) =>
        $"update or abort {table} as {alias}\nset\n    {string.Join(",\n    ", set.Select(part => $"{part.Column} = {part.Value}"))}"
        + (from is { } other ? $"\nfrom {other.Table} as {other.Alias}" : "")
        + $"\nwhere {where}";

    /// <summary>The function is the connection's: it is true, and counts how often it is asked. A case asks it last.</summary>
    public override string CountUpdate(string condition) => $"case when {condition} then tp_updated() end";

    public override string SelectFirst(string columns, string from, string orderBy) => $"select {columns}\nfrom {from}\norder by {orderBy}\nlimit 1";
}
