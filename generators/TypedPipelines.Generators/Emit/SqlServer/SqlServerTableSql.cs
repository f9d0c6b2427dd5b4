using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>Tables and indexes.</summary>
internal static class SqlServerTableSql
{
    /// <summary>The most that a clustered index keeps of a key; others keep 1,700 bytes, and the runtime refuses what is more.</summary>
    private const int MostClusteredBytes = 900;

    /// <summary>The most that any other index keeps.</summary>
    private const int MostIndexedBytes = 1700;

    /// <summary>The longest key of a partition that the ledger keeps.</summary>
    private const int LongestPartition = 200;

    private const int LongestText = 4000;
    private const int LongestBytes = 8000;

    public static string CreateTable(ContractModel contract)
    {
        List<string> lines = [.. contract.Stored.Select(column => $"{SqlServerNames.Quote(column.Name)} {Definition(contract, column)}")];
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (identity.Count > 0 && !contract.MatchesNulls)
        {
            string kind = KeyBytes(contract) > MostClusteredBytes ? "primary key nonclustered" : "primary key";
            lines.Add($"{kind} ({SqlServerNames.List(identity, "", ", ")})");
        }

        return $"create table {SqlServerNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<IndexText> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<IndexText>();
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (contract.MatchesNulls)
        {
            // A unique index of SQL Server holds null once, like any other value.
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity));
        }

        // What a run deletes by, where the key does not begin with it and an index can hold it.
        foreach (ColumnModel part in contract.DeletedBy)
        {
            if ((identity.Count == 0 || identity[0] != part) && CanIndex([part]))
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{part.Name}", [part]));
            }
        }

        return indexes;
    }

    /// <summary>A column without its name, as the table has it.</summary>
    public static string Definition(ContractModel contract, ColumnModel column) =>
        TypeOf(column) + (contract.MayBeNull(column) ? " null" : " not null");

    /// <summary>A column's type. Texts of a key, and the key of a partition, compare by their code units, whatever the database's collation.</summary>
    public static string TypeOf(ColumnModel column) =>
        BareTypeOf(column) + (column.Kind == ColumnKind.String && (column.Key || column.Stamp == StampKind.Partition) ? $" collate {SqlServerNames.Ordinal}" : "");

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
        _ => $"nvarchar({Length(LengthOf(column), LongestText)})",
    };

    /// <summary>The most bytes that the index of the key, or of its part of the table and the key, needs.</summary>
    public static int KeyBytes(ContractModel contract) => contract.Identity.Sum(BytesOf);

    /// <summary>Whether an index can hold columns.</summary>
    public static bool CanIndex(IEnumerable<ColumnModel> columns) => columns.Sum(BytesOf) <= MostIndexedBytes;

    /// <summary>The key of a partition is as long as the ledger lets it be, where nothing says otherwise.</summary>
    private static int? LengthOf(ColumnModel column) => column.Stamp == StampKind.Partition ? column.MaxLength ?? LongestPartition : column.MaxLength;

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
        _ => 2 * (LengthOf(column) is > 0 and <= LongestText and var characters ? characters : LongestText),
    };

    private static string Length(int? length, int longest) =>
        length is > 0 && length <= longest ? length.Value.ToString(CultureInfo.InvariantCulture) : "max";

    private static IndexText Index(ContractModel contract, string kind, string name, IEnumerable<ColumnModel> columns)
    {
        string shortened = SqlServerNames.Short(name);
        return new(
            shortened,
            $"create {kind} {SqlServerNames.Quote(shortened)}\non {SqlServerNames.Table(contract)} ({SqlServerNames.List(columns, "", ", ")})");
    }
}
