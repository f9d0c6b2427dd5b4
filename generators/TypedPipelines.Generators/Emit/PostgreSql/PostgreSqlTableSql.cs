using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>Tables and indexes.</summary>
internal static class PostgreSqlTableSql
{
    public static string CreateTable(ContractModel contract)
    {
        List<string> lines = [.. contract.Columns.Select(column => $"{PostgreSqlNames.Quote(column.Name)} {Definition(contract, column)}")];
        List<ColumnModel> identity = Identity(contract);
        if (identity.Count > 0 && !MatchesNulls(contract))
        {
            lines.Add($"primary key ({PostgreSqlNames.List(identity, "", ", ")})");
        }

        return $"create table {PostgreSqlNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<PostgreSqlSqlIndex> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<PostgreSqlSqlIndex>();
        List<ColumnModel> identity = Identity(contract);
        if (MatchesNulls(contract))
        {
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity, " nulls not distinct"));
        }

        if (contract.PartitionColumn >= 0)
        {
            ColumnModel partition = contract.Columns[contract.PartitionColumn];
            if (identity.Count == 0 || identity[0] != partition)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{partition.Name}", [partition], ""));
            }
        }

        return indexes;
    }

    /// <summary>A column without its name, as the table has it.</summary>
    public static string Definition(ContractModel contract, ColumnModel column) =>
        TypeOf(column) + (PostgreSqlNames.MayBeNull(contract, column) ? "" : " not null");

    /// <summary>A column's type. Texts of a key compare by their bytes, which is to say by code points.</summary>
    public static string TypeOf(ColumnModel column) => column.Kind switch
    {
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int16 => "smallint",
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Single => "real",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => column.Precision is null ? "numeric" : $"numeric({column.Precision},{column.Scale ?? 0})",
        ColumnKind.Date => "date",
        ColumnKind.Time => "time",
        ColumnKind.Instant => "timestamptz",
        ColumnKind.Guid => "uuid",
        ColumnKind.Bytes => "bytea",
        _ => column.Key ? "text collate \"C\"" : "text",
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

    private static bool MatchesNulls(ContractModel contract) => contract.Keys.Any(key => PostgreSqlNames.MayBeNull(contract, key));

    private static PostgreSqlSqlIndex Index(ContractModel contract, string kind, string name, IEnumerable<ColumnModel> columns, string nulls)
    {
        string shortened = PostgreSqlNames.Short(name);
        return new(
            shortened,
            $"create {kind} {PostgreSqlNames.Quote(shortened)}\non {PostgreSqlNames.Table(contract)} ({PostgreSqlNames.List(columns, "", ", ")}){nulls}");
    }
}
