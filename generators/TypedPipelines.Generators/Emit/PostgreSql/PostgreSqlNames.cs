using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>Quoted names and the small phrases made of them.</summary>
internal static class PostgreSqlNames
{
    /// <summary>PostgreSQL cuts longer names, without an error.</summary>
    private const int LongestName = 63;

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    public static string Table(ContractModel contract) =>
        contract.Schema is null ? Quote(contract.Table) : $"{Quote(contract.Schema)}.{Quote(contract.Table)}";

    public static string Staging(ContractModel contract) =>
        $"pg_temp.{Quote(Short(contract.Schema is null ? $"stage_{contract.Table}" : $"stage_{contract.Schema}.{contract.Table}"))}";

    /// <summary>The columns' names, each after a prefix such as <c>s.</c>.</summary>
    public static string List(IEnumerable<ColumnModel> columns, string prefix, string separator) =>
        string.Join(separator, columns.Select(column => prefix + Quote(column.Name)));

    /// <summary>The half-open window: no BETWEEN, which would take in its end.</summary>
    public static string InWindow(ContractModel contract)
    {
        string column = Quote(contract.Columns[contract.PartitionColumn].Name);
        return $"{column} >= $1 and {column} < $2";
    }

    /// <summary>
    /// Whether two rows have one key, column by column. Of arrays PostgreSQL says that null equals null, and unlike with
    /// IS NOT DISTINCT FROM it can join by that.
    /// </summary>
    public static string SameKey(ContractModel contract, string left, string right, string separator) => string.Join(
        separator,
        contract.Keys.Select(key => MayBeNull(contract, key)
            ? $"array[{left}.{Quote(key.Name)}] = array[{right}.{Quote(key.Name)}]"
            : $"{left}.{Quote(key.Name)} = {right}.{Quote(key.Name)}"));

    /// <summary>
    /// Whether null reaches the table in this column. A row without its partition value, or without its key unless the
    /// contract says that null is one, is never loaded, whatever the member's type allows.
    /// </summary>
    public static bool MayBeNull(ContractModel contract, ColumnModel column) =>
        column.Nullable
        && (!column.Key || contract.NullKeysMatch)
        && (contract.PartitionColumn < 0 || column != contract.Columns[contract.PartitionColumn]);

    /// <summary>A name that PostgreSQL does not cut: what is too long ends in a number made of the whole, so that two names stay two.</summary>
    public static string Short(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= LongestName)
        {
            return name;
        }

        ulong hash = 14695981039346656037;
        foreach (byte part in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ part) * 1099511628211);
        }

        string end = "_" + hash.ToString("x16", CultureInfo.InvariantCulture);
        int kept = name.Length;
        while (Encoding.UTF8.GetByteCount(name.Substring(0, kept)) > LongestName - end.Length)
        {
            kept -= kept > 1 && char.IsLowSurrogate(name[kept - 1]) ? 2 : 1;
        }

        return name.Substring(0, kept) + end;
    }
}
