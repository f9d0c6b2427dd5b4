using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>Tables and indexes.</summary>
internal static class SqlServerTableSql
{
    /// <summary>The most that a clustered index keeps of a key; others keep 1,700 bytes, and the runtime refuses what is more.</summary>
    private const int MostClusteredBytes = 900;

    private const int LongestText = 4000;
    private const int LongestBytes = 8000;

    public static string CreateTable(ContractModel contract)
    {
        List<string> lines = [.. contract.Columns.Select(column => $"{SqlServerNames.Quote(column.Name)} {Definition(contract, column)}")];
        List<ColumnModel> identity = Identity(contract);
        if (identity.Count > 0 && !MatchesNulls(contract))
        {
            string kind = identity.Sum(BytesOf) > MostClusteredBytes ? "primary key nonclustered" : "primary key";
            lines.Add($"{kind} ({SqlServerNames.List(identity, "", ", ")})");
        }

        return $"create table {SqlServerNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<SqlServerSqlIndex> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<SqlServerSqlIndex>();
        List<ColumnModel> identity = Identity(contract);
        if (MatchesNulls(contract))
        {
            // A unique index of SQL Server holds null once, like any other value.
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity));
        }

        if (contract.PartitionColumn >= 0)
        {
            ColumnModel partition = contract.Columns[contract.PartitionColumn];
            if (identity.Count == 0 || identity[0] != partition)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{partition.Name}", [partition]));
            }
        }

        return indexes;
    }

    /// <summary>A column without its name, as the table has it.</summary>
    public static string Definition(ContractModel contract, ColumnModel column) =>
        TypeOf(column) + (SqlServerNames.MayBeNull(contract, column) ? " null" : " not null");

    /// <summary>A column's type. Texts of a key compare by their code units, whatever the database's collation.</summary>
    public static string TypeOf(ColumnModel column) =>
        BareTypeOf(column) + (column is { Kind: ColumnKind.String, Key: true } ? $" collate {SqlServerNames.Ordinal}" : "");

    /// <summary>A column's type without its collation.</summary>
    public static string BareTypeOf(ColumnModel column) => column.Kind switch
    {
        ColumnKind.Boolean => "bit",
        ColumnKind.Int16 => "smallint",
        ColumnKind.Int32 => "int",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Single => "real",
        ColumnKind.Double => "float",
        ColumnKind.Decimal => string.Format(CultureInfo.InvariantCulture, "decimal({0},{1})", column.Precision ?? 38, column.Scale ?? 0),
        ColumnKind.Date => "date",
        ColumnKind.Time => "time(7)",
        ColumnKind.Instant => "datetimeoffset(7)",
        ColumnKind.Guid => "uniqueidentifier",
        ColumnKind.Bytes => $"varbinary({Length(column.MaxLength, LongestBytes)})",
        _ => $"nvarchar({Length(column.MaxLength, LongestText)})",
    };

    /// <summary>
    /// What the table holds once: the key. Where a partition is replaced, the key belongs to the partition, for a row that
    /// moved to another one must be loadable there before its old partition is loaded again.
    /// </summary>
    private static List<ColumnModel> Identity(ContractModel contract)
    {
        List<ColumnModel> keys = [.. contract.Keys];
        if (contract.Strategy == StrategyKind.ReplacePartition && keys.Count > 0 && !contract.Columns[contract.PartitionColumn].Key)
        {
            keys.Insert(0, contract.Columns[contract.PartitionColumn]);
        }

        return keys;
    }

    private static bool MatchesNulls(ContractModel contract) => contract.Keys.Any(key => SqlServerNames.MayBeNull(contract, key));

    /// <summary>The most bytes that an index needs for a column; for one without a limit more than any index has.</summary>
    private static int BytesOf(ColumnModel column) => column.Kind switch
    {
        ColumnKind.Boolean => 1,
        ColumnKind.Int16 => 2,
        ColumnKind.Int32 or ColumnKind.Single => 4,
        ColumnKind.Int64 or ColumnKind.Double => 8,
        ColumnKind.Date => 3,
        ColumnKind.Time => 5,
        ColumnKind.Instant => 10,
        ColumnKind.Decimal => 17,
        ColumnKind.Guid => 16,
        ColumnKind.Bytes => column.MaxLength is > 0 and <= LongestBytes and var bytes ? bytes : LongestBytes,
        _ => 2 * (column.MaxLength is > 0 and <= LongestText and var characters ? characters : LongestText),
    };

    private static string Length(int? length, int longest) =>
        length is > 0 && length <= longest ? length.Value.ToString(CultureInfo.InvariantCulture) : "max";

    private static SqlServerSqlIndex Index(ContractModel contract, string kind, string name, IEnumerable<ColumnModel> columns)
    {
        string shortened = SqlServerNames.Short(name);
        return new(
            shortened,
            $"create {kind} {SqlServerNames.Quote(shortened)}\non {SqlServerNames.Table(contract)} ({SqlServerNames.List(columns, "", ", ")})");
    }
}
