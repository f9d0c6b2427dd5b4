using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>Tables and indexes.</summary>
internal static class PostgreSqlTableSql
{
    private const string ByBytes = " collate \"C\"";

    public static string CreateTable(ContractModel contract)
    {
        List<string> lines = [.. contract.Stored.Select(column => $"{PostgreSqlNames.Quote(column.Name)} {Definition(contract, column)}")];
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (identity.Count > 0 && !contract.MatchesNulls)
        {
            lines.Add($"primary key ({PostgreSqlNames.List(identity, "", ", ")})");
        }

        return $"create table {PostgreSqlNames.Table(contract)} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    public static IReadOnlyList<IndexText> CreateIndexes(ContractModel contract)
    {
        var indexes = new List<IndexText>();
        IReadOnlyList<ColumnModel> identity = contract.Identity;
        if (contract.MatchesNulls)
        {
            indexes.Add(Index(contract, "unique index", $"ux_{contract.Table}_key", identity, " nulls not distinct"));
        }

        // What a run deletes by, where the key does not begin with it.
        foreach (ColumnModel part in contract.DeletedBy)
        {
            if (identity.Count == 0 || identity[0] != part)
            {
                indexes.Add(Index(contract, "index", $"ix_{contract.Table}_{part.Name}", [part], ""));
            }
        }

        return indexes;
    }

    /// <summary>A column without its name, as the table has it. Texts by which a run finds the rows that it deletes compare as those of a key.</summary>
    public static string Definition(ContractModel contract, ColumnModel column) =>
        TypeOf(column)
        + (column is { Kind: ColumnKind.String, Key: false } && contract.DeletedBy.Contains(column) ? ByBytes : "")
        + (contract.MayBeNull(column) ? "" : " not null");

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
        _ => column.Key ? "text" + ByBytes : "text",
    };

    private static IndexText Index(ContractModel contract, string kind, string name, IEnumerable<ColumnModel> columns, string nulls)
    {
        string shortened = PostgreSqlNames.Short(name);
        return new(
            shortened,
            $"create {kind} {PostgreSqlNames.Quote(shortened)}\non {PostgreSqlNames.Table(contract)} ({PostgreSqlNames.List(columns, "", ", ")}){nulls}");
    }
}
