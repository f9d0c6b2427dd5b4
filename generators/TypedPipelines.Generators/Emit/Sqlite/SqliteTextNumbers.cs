using System.Collections.Generic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>
/// The order of numbers that SQLite keeps as texts, since they have more digits than it calculates with. As a text 9 is greater than 10, and
/// -2 greater than -1: so the longer whole part is the greater, then the text decides, and below zero it is all the other way round.
/// </summary>
internal static class SqliteTextNumbers
{
    public static bool IsOf(ColumnModel column) => column.Kind == ColumnKind.Decimal && SqliteTableSql.TypeOf(column).StartsWith("text(", System.StringComparison.Ordinal);

    /// <summary>Whether one number is greater than another.</summary>
    /// <param name="left">The one, as it is written in a statement.</param>
    /// <param name="right">The other.</param>
    /// <param name="orEqual">Whether it may be equal, too.</param>
    public static string IsGreater(string left, string right, bool orEqual)
    {
        string equal = orEqual ? "=" : "";
        return $"case when {left} < '0' then {right} < '0' and ({Size(left)}, {left}) <{equal} ({Size(right)}, {right})"
            + $" else {right} < '0' or ({Size(left)}, {left}) >{equal} ({Size(right)}, {right}) end";
    }

    /// <summary>The terms of a descending order; null comes last.</summary>
    public static IReadOnlyList<string> Descending(string number) =>
    [
        $"case when {number} >= '0' then {Size(number)} else -{Size(number)} end desc",
        $"case when {number} >= '0' then {number} end desc",
        $"case when {number} < '0' then {number} end",
    ];

    /// <summary>How long the whole part is, with its sign: where the point stands, or would.</summary>
    private static string Size(string number) => $"instr({number} || '.', '.')";
}
