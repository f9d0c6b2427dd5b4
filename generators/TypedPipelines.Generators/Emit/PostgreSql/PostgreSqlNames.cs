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
