using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>How PostgreSQL writes a load.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    public override string Start => "$1";

    public override string End => "$2";

    public override string Partition => "$1";

    public override string Always => "true";

    public override string False => "false";

    public override string LateColumns => "typed_pipelines.late_column";

    /// <summary>A date counts as its midnight in UTC, whatever the session's time zone.</summary>
    public override string Moment(ColumnModel column, string time) =>
        column.Kind == ColumnKind.Date ? $"{time}::date::timestamp at time zone 'UTC'" : $"{time}::timestamptz";

    public override string Quote(string name) => PostgreSqlNames.Quote(name);

    public override string Table(ContractModel contract) => PostgreSqlNames.Table(contract);

    public override string Kept(ContractModel contract)
    {
        string name = Quote(PostgreSqlNames.Short(ReplacedSql.NameOf(contract)));
        return contract.Schema is null ? name : $"{Quote(contract.Schema)}.{name}";
    }

    public override string? CreateKeptIndex(ContractModel contract, ColumnModel by) => $"create index\non {Kept(contract)} ({Quote(by.Name)})";

    public override string Definition(ContractModel contract, ColumnModel column) => PostgreSqlTableSql.Definition(contract, column);

    public override string Staging(ContractModel contract) => PostgreSqlNames.Staging(contract);

    /// <summary>
    /// Of arrays PostgreSQL says that null equals null, and unlike with IS NOT DISTINCT FROM it can join by that.
    /// </summary>
    public override string Same(ColumnModel column, bool nullable, string left, string right) => nullable
        ? $"array[{Column(left, column)}] = array[{Column(right, column)}]"
        : $"{Column(left, column)} = {Column(right, column)}";

    public override string Differs(ColumnModel column, string left, string right) =>
        $"{Column(left, column)} is distinct from {Column(right, column)}{(column.Kind == ColumnKind.String ? " collate \"C\"" : "")}";

    public override string IsTrue(string column) => column;

    public override string IsFalse(string column) => $"not {column}";

    public override string Delete(string table, string alias, string where) => $"delete from {table} as {alias}\nwhere {where}";

    public override string Update(string table, string alias, IEnumerable<(string Column, string Value)> set, (string Table, string Alias)? from, string where) =>
        $"update {table} as {alias}\nset\n    {string.Join(",\n    ", set.Select(part => $"{part.Column} = {part.Value}"))}"
        + (from is { } other ? $"\nfrom {other.Table} as {other.Alias}" : "")
        + $"\nwhere {where}";

    /// <summary>A number is stored with all places of its column, zeros included, and the driver reads none of more digits than a decimal has.</summary>
    protected override string Selected(ColumnModel column, string prefix) => column is { Kind: ColumnKind.Decimal, Precision: > 28 }
        ? $"trim_scale({prefix}{Quote(column.Name)}) as {Quote(column.Name)}"
        : base.Selected(column, prefix);

    public override string SelectFirst(string columns, string from, string orderBy) => $"select {columns}\nfrom {from}\norder by {orderBy}\nlimit 1";

    /// <summary>How many of the slice's parameters a statement mentions: PostgreSQL refuses values that it does not. What looks like one inside a name or a text is none.</summary>
    public static int ParametersOf(string sql)
    {
        int most = 0;
        char quote = '\0';
        for (int i = 0; i < sql.Length; i++)
        {
            if (quote != '\0' || sql[i] is '"' or '\'')
            {
                // A quote that is doubled ends a name and begins it again.
                quote = quote == '\0' ? sql[i] : quote == sql[i] ? '\0' : quote;
            }
            else if (sql[i] == '$' && i + 1 < sql.Length && sql[i + 1] is '1' or '2')
            {
                most = Math.Max(most, sql[i + 1] - '0');
            }
        }

        return most;
    }
}
