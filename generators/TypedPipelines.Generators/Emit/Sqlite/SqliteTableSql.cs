using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>Tables and indexes.</summary>
internal static class SqliteTableSql
{
    /// <summary>Digits that a double, which is what SQLite calculates with, gives back unchanged.</summary>
    private const int ExactDigits = 15;

    public static string CreateTable(ContractModel contract)
    {
        List<string> lines = [.. contract.Columns.Select(column =>
            $"{SqliteNames.Quote(column.Name)} {TypeOf(column)}{(SqliteNames.MayBeNull(contract, column) ? "" : " not null")}")];
        List<ColumnModel> identity = Identity(contract);
        if (identity.Count > 0 && !MatchesNulls(contract))
        {
            lines.Add($"primary key ({SqliteNames.List(identity, "", ", ")})");
        }

        return $"create table if not exists {SqliteNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<string> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<string>();
        List<ColumnModel> identity = Identity(contract);
        if (MatchesNulls(contract))
        {
            // A unique index holds any number of nulls apart; one over what tells null from a value does not.
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity.SelectMany(column => NullAsValue(contract, column))));
            if (contract.Strategy == StrategyKind.Merge)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_key", identity.Select(column => SqliteNames.Quote(column.Name))));
            }
        }

        if (contract.PartitionColumn >= 0)
        {
            ColumnModel partition = contract.Columns[contract.PartitionColumn];
            if (identity.Count == 0 || identity[0] != partition)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{partition.Name}", [SqliteNames.Quote(partition.Name)]));
            }
        }

        return indexes;
    }

    public static string TypeOf(ColumnModel column) => column.Kind switch
    {
        ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => "integer",
        ColumnKind.Single or ColumnKind.Double => "real",
        ColumnKind.Decimal when column.Precision <= ExactDigits => $"decimal({column.Precision},{column.Scale ?? 0})",
        ColumnKind.Bytes => "blob",
        _ => "text",
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

    private static bool MatchesNulls(ContractModel contract) => contract.Keys.Any(key => SqliteNames.MayBeNull(contract, key));

    private static IEnumerable<string> NullAsValue(ContractModel contract, ColumnModel column)
    {
        string name = SqliteNames.Quote(column.Name);
        return SqliteNames.MayBeNull(contract, column) ? [$"({name} is null)", $"ifnull({name}, '')"] : [name];
    }

    private static string Index(ContractModel contract, string kind, string name, IEnumerable<string> terms) =>
        $"create {kind} if not exists main.{SqliteNames.Quote(name)}\non {SqliteNames.Quote(contract.Table)} ({string.Join(", ", terms)})";
}
