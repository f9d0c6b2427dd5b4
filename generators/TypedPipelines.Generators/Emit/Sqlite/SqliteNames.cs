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

    /// <summary>The name of the row id that no column of the contract hides.</summary>
    public static string RowId(ContractModel contract) =>
        RowIds.First(name => !contract.Columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)));
}
