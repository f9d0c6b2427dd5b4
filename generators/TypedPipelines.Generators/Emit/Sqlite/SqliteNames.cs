using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>Quoted names and the small phrases made of them.</summary>
internal static class SqliteNames
{
    private static readonly string[] RowIds = ["rowid", "_rowid_", "oid"];

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    public static string Table(ContractModel contract) => $"main.{Quote(contract.Table)}";

    public static string Staging(ContractModel contract) => $"temp.{Quote("stage_" + contract.Table)}";

    /// <summary>The columns' names, each after a prefix such as <c>s.</c>.</summary>
    public static string List(IEnumerable<ColumnModel> columns, string prefix, string separator) =>
        string.Join(separator, columns.Select(column => prefix + Quote(column.Name)));

    /// <summary>The half-open window: no BETWEEN, which would take in its end.</summary>
    public static string InWindow(ContractModel contract)
    {
        string column = Quote(contract.Columns[contract.PartitionColumn].Name);
        return $"{column} >= @start and {column} < @end";
    }

    /// <summary>Whether two rows have one key, column by column.</summary>
    public static string SameKey(ContractModel contract, string left, string right, string separator) => string.Join(
        separator,
        contract.Keys.Select(key => $"{left}.{Quote(key.Name)} {(MayBeNull(contract, key) ? "is" : "=")} {right}.{Quote(key.Name)}"));

    /// <summary>
    /// Whether null reaches the table in this column. A row without its partition value, or without its key unless the
    /// contract says that null is one, is never loaded, whatever the member's type allows.
    /// </summary>
    public static bool MayBeNull(ContractModel contract, ColumnModel column) =>
        column.Nullable
        && (!column.Key || contract.NullKeysMatch)
        && (contract.PartitionColumn < 0 || column != contract.Columns[contract.PartitionColumn]);

    /// <summary>The name of the row id that no column of the contract hides.</summary>
    public static string RowId(ContractModel contract) =>
        RowIds.First(name => !contract.Columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)));
}
