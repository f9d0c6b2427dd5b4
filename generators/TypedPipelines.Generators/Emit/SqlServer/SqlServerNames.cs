using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>Quoted names and the small phrases made of them.</summary>
internal static class SqlServerNames
{
    /// <summary>
    /// Compares texts by their UTF-16 code units. Any collation with this ending does; this one SQL Server, Azure SQL and Babelfish
    /// all know.
    /// </summary>
    public const string Ordinal = "Latin1_General_100_BIN2";

    /// <summary>SQL Server refuses longer names.</summary>
    private const int LongestName = 128;

    /// <summary>It adds a number of its own to the names of temporary tables.</summary>
    private const int LongestTemporaryName = 116;

    public static string Quote(string name) => $"[{name.Replace("]", "]]")}]";

    public static string Table(ContractModel contract) =>
        contract.Schema is null ? Quote(contract.Table) : $"{Quote(contract.Schema)}.{Quote(contract.Table)}";

    public static string Staging(ContractModel contract) =>
        Quote(Short(contract.Schema is null ? $"#stage_{contract.Table}" : $"#stage_{contract.Schema}.{contract.Table}", LongestTemporaryName));

    /// <summary>The column of the staging table that counts its rows, by a name that no column of the contract has in any case.</summary>
    public static string RowNumber(ContractModel contract)
    {
        string name = "staged_row";
        while (contract.Columns.Any(column => string.Equals(column.Name, name, System.StringComparison.OrdinalIgnoreCase)))
        {
            name += "_";
        }

        return Quote(name);
    }

    /// <summary>The columns' names, each after a prefix such as <c>s.</c>.</summary>
    public static string List(IEnumerable<ColumnModel> columns, string prefix, string separator) =>
        string.Join(separator, columns.Select(column => prefix + Quote(column.Name)));

    /// <summary>What of a key column tells two values apart: the column, and its length where comparing would pad it.</summary>
    public static IEnumerable<string> Exact(ColumnModel column, string alias)
    {
        string name = alias.Length == 0 ? Quote(column.Name) : $"{alias}.{Quote(column.Name)}";
        yield return name;
        if (IsPadded(column))
        {
            yield return $"datalength({name})";
        }
    }

    /// <summary>Whether a comparison pads the shorter value.</summary>
    public static bool IsPadded(ColumnModel column) => column.Kind is ColumnKind.String or ColumnKind.Bytes;

    /// <summary>A name that is not too long: what would be ends in a number made of the whole, so that two names stay two.</summary>
    public static string Short(string name, int longest = LongestName)
    {
        if (name.Length <= longest)
        {
            return name;
        }

        ulong hash = 14695981039346656037;
        foreach (char part in name)
        {
            hash = unchecked((hash ^ part) * 1099511628211);
        }

        string end = "_" + hash.ToString("x16", CultureInfo.InvariantCulture);
        int kept = longest - end.Length;
        return name.Substring(0, char.IsLowSurrogate(name[kept]) ? kept - 1 : kept) + end;
    }
}
