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
        List<string> lines = [.. contract.Stored.Select(column =>
            $"{SqliteNames.Quote(column.Name)} {TypeOf(column)}{(contract.MayBeNull(column) ? "" : " not null")}")];
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (identity.Count > 0 && !contract.MatchesNulls)
        {
            lines.Add($"primary key ({SqliteNames.List(identity, "", ", ")})");
        }

        return $"create table if not exists {SqliteNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<string> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<string>();
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (contract.MatchesNulls)
        {
            // A unique index holds any number of nulls apart; one over what tells null from a value does not.
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity.SelectMany(column => NullAsValue(contract, column))));
            if (contract.Strategy == StrategyKind.Merge)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_key", identity.Select(column => SqliteNames.Quote(column.Name))));
            }
        }

        // What a run deletes by, where the key does not begin with it.
        foreach (ColumnModel part in contract.DeletedBy)
        {
            if (identity.Count == 0 || identity[0] != part)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{part.Name}", [SqliteNames.Quote(part.Name)]));
            }
        }

        return indexes;
    }

    public static string TypeOf(ColumnModel column) => column.Kind switch
    {
        ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => "integer",
        ColumnKind.Single or ColumnKind.Double => "real",
        ColumnKind.Decimal when column.Precision <= ExactDigits => $"decimal({column.Precision},{column.Scale ?? 0})",
        // A text; its digits stand in the name of the type, so that a contract that has others is noticed: 1.50 and 1.500 are different texts.
        ColumnKind.Decimal => $"text({column.Precision},{column.Scale ?? 0})",
        ColumnKind.Bytes => "blob",
        _ => "text",
    };

    private static IEnumerable<string> NullAsValue(ContractModel contract, ColumnModel column)
    {
        string name = SqliteNames.Quote(column.Name);
        return contract.MayBeNull(column) ? [$"({name} is null)", $"ifnull({name}, '')"] : [name];
    }

    private static string Index(ContractModel contract, string kind, string name, IEnumerable<string> terms) =>
        $"create {kind} if not exists main.{SqliteNames.Quote(name)}\non {SqliteNames.Quote(contract.Table)} ({string.Join(", ", terms)})";
}
