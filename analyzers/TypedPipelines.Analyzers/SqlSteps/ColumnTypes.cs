using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.SqlSteps;

/// <summary>The databases that a project can load into.</summary>
[Flags]
internal enum Engines
{
    None = 0,
    Sqlite = 1,
    PostgreSql = 2,
    SqlServer = 4,
    All = 7,
}

/// <summary>A column of a select list that is one of a table, with that and the one of the row that takes it.</summary>
/// <param name="First">Where it begins.</param>
/// <param name="Last">Its last token.</param>
/// <param name="Table">The table's contract.</param>
/// <param name="From">The column of the table.</param>
/// <param name="To">The column of the row.</param>
/// <param name="MayBeNull">Whether null reaches the row: the table's column has it, and the statement leaves out no rows.</param>
internal sealed record PlainColumn(SqlToken First, SqlToken Last, ContractModel Table, ColumnModel From, ColumnModel To, bool MayBeNull);

/// <summary>
/// Which of the columns that a statement gives are columns of tables, whose types are known while it is written, and whether they can be read as what the row holds. Where a project can load into several
/// databases, or says not into which, all must refuse it.
/// </summary>
internal static class ColumnTypes
{
    /// <summary>So many digits SQLite keeps as a number.</summary>
    private const int MostDigits = 15;

    /// <param name="tokens">The statement.</param>
    /// <param name="list">Its select list.</param>
    /// <param name="rows">What it gives.</param>
    /// <param name="tables">The tables that it reads.</param>
    /// <param name="columns">The columns of the rows.</param>
    public static IEnumerable<PlainColumn> In(IReadOnlyList<SqlToken> tokens, SelectList list, QueryColumns rows, IReadOnlyList<ContractModel> tables, EquatableArray<ColumnModel> columns)
    {
        if (rows.Columns.Count != list.Items.Count)
        {
            yield break; // A star gives several.
        }

        for (int i = 0; i < list.Items.Count; i++)
        {
            (int start, int end, _) = list.Items[i];
            if (rows.Columns[i] is { Name: { } name, Origins: { Count: 1 } origins } && origins[0] is { Kind: OriginKind.Identity, Path: { Length: > 0 } member }
                && tables.FirstOrDefault(table => table.DisplayName == origins[0].From) is { } table
                && table.Columns.FirstOrDefault(column => column.Member == member) is { } from
                && columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)) is { } to)
            {
                yield return new PlainColumn(tokens[start], tokens[end - 1], table, from, to, !rows.IsFiltered && table.MayBeNull(from));
            }
        }
    }

    /// <summary>Whether nothing that the one column holds can be read as the other, wherever the project loads into.</summary>
    public static bool Differ(ColumnModel from, ColumnModel to, Engines engines)
    {
        Engines where = engines == Engines.None ? Engines.All : engines;
        return (!where.HasFlag(Engines.Sqlite) || DifferAtSqlite(from, to.Kind))
            && (!where.HasFlag(Engines.PostgreSql) || DifferAtPostgreSql(from.Kind, to.Kind))
            && (!where.HasFlag(Engines.SqlServer) || from.Kind != to.Kind);
    }

    private static bool DifferAtPostgreSql(ColumnKind from, ColumnKind to) => from != to && (from, to) switch
    {
        (ColumnKind.Int16, ColumnKind.Int32 or ColumnKind.Int64) or (ColumnKind.Int32, ColumnKind.Int64) or (ColumnKind.Single, ColumnKind.Double) => false,
        _ => true,
    };

    /// <summary>SQLite keeps whole numbers, floating-point numbers, bytes and texts; what is in a text, only its row says, but for what has a form of its own.</summary>
    private static bool DifferAtSqlite(ColumnModel from, ColumnKind to) => from.Kind switch
    {
        ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => !IsNumber(to),
        ColumnKind.Single or ColumnKind.Double => !(IsReal(to) || to == ColumnKind.Decimal),
        ColumnKind.Decimal when from.Precision is null or <= MostDigits => !IsNumber(to),
        ColumnKind.Decimal => to is not (ColumnKind.Decimal or ColumnKind.String),
        ColumnKind.Bytes => to != ColumnKind.Bytes,
        ColumnKind.String => to == ColumnKind.Bytes || IsReal(to) || IsWhole(to),
        _ => to != from.Kind && to != ColumnKind.String,
    };

    private static bool IsWhole(ColumnKind kind) => kind is ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64;

    private static bool IsReal(ColumnKind kind) => kind is ColumnKind.Single or ColumnKind.Double;

    private static bool IsNumber(ColumnKind kind) => IsWhole(kind) || IsReal(kind) || kind == ColumnKind.Decimal;
}
