using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.SqlSteps;

/// <summary>
/// Finds where a statement compares or computes with a number that SQLite keeps as a text, since it has more digits than SQLite computes with. What cannot be
/// told from the tokens beside the column is let pass.
/// </summary>
internal static class TextNumbers
{
    /// <summary>So many digits SQLite keeps as a number.</summary>
    private const int MostDigits = 15;

    private const string Compared = "compared as a text, 9 is greater than 10, and 12 is not 12.00";
    private const string Ordered = "by the order of texts, 10 comes before 9";
    private const string Computed = "what is computed of it is a floating-point number, which loses digits";

    private static readonly Dictionary<string, string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = Computed,
        ["total"] = Computed,
        ["avg"] = Computed,
        ["abs"] = Computed,
        ["round"] = Computed,
        ["min"] = Ordered,
        ["max"] = Ordered,
    };

    /// <summary>The columns that are used so, each with what becomes of it.</summary>
    /// <param name="tokens">The statement's tokens.</param>
    /// <param name="text">Its text.</param>
    /// <param name="tables">The tables that it reads.</param>
    public static IEnumerable<(SqlToken Token, ColumnModel Column, string What)> In(IReadOnlyList<SqlToken> tokens, string text, IReadOnlyList<ContractModel> tables)
    {
        Dictionary<string, ColumnModel> columns = ColumnsOf(tables);
        for (int at = 0; columns.Count > 0 && at < tokens.Count; at++)
        {
            if (tokens[at].IsName && columns.TryGetValue(tokens[at].Name(text), out ColumnModel column) && Use(tokens, at, text, columns) is { } what)
            {
                yield return (tokens[at], column, what);
            }
        }
    }

    /// <summary>Those that are texts in each table that has them.</summary>
    private static Dictionary<string, ColumnModel> ColumnsOf(IReadOnlyList<ContractModel> tables)
    {
        var columns = new Dictionary<string, ColumnModel>(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, ColumnModel> named in tables.SelectMany(static table => table.Columns).GroupBy(static column => column.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (named.All(static column => column is { Kind: ColumnKind.Decimal, Precision: > MostDigits }))
            {
                columns[named.Key] = named.First();
            }
        }

        return columns;
    }

    private static string? Use(IReadOnlyList<SqlToken> tokens, int at, string text, Dictionary<string, ColumnModel> columns)
    {
        int first = at;
        while (first > 1 && tokens[first - 1].Is('.') && tokens[first - 2].IsName)
        {
            first -= 2; // Of its table.
        }

        int before = first - 1;
        int after = at + 1;
        if (after < tokens.Count && (tokens[after].Is('.') || tokens[after].Is('(')))
        {
            return null; // It is a table, or a function.
        }

        if (IsOneOf(tokens, before, "+-*/%") || IsOneOf(tokens, after, "+-*/%"))
        {
            return Computed;
        }

        if (IsOneOf(tokens, before, "<>=!") || IsOneOf(tokens, after, "<>=!"))
        {
            // A column of the same digits is the same text.
            return IsOneOf(tokens, after, "=") && IsColumn(tokens, after + 1, text, columns) || IsOneOf(tokens, before, "=") && before > 0 && columns.ContainsKey(tokens[before - 1].Name(text))
                ? null
                : Compared;
        }

        int not = tokens.WordAt(after, "not") ? after + 1 : after;
        if (tokens.WordAt(not, "between") || (tokens.WordAt(not, "in") && not + 2 < tokens.Count && !tokens[not + 2].Is("select")) || (before >= 0 && tokens[before].Is("between")))
        {
            return Compared;
        }

        return Called(tokens, before) ?? (IsOrderedBy(tokens, before) ? Ordered : null);
    }

    private static bool IsOneOf(IReadOnlyList<SqlToken> tokens, int at, string symbols) =>
        at >= 0 && at < tokens.Count && tokens[at].Kind == SqlTokenKind.Symbol && symbols.IndexOf(tokens[at].Value[0]) >= 0;

    private static bool IsColumn(IReadOnlyList<SqlToken> tokens, int at, string text, Dictionary<string, ColumnModel> columns)
    {
        while (at + 2 < tokens.Count && tokens[at].IsName && tokens[at + 1].Is('.'))
        {
            at += 2;
        }

        return at < tokens.Count && tokens[at].IsName && columns.ContainsKey(tokens[at].Name(text));
    }

    private static string? Called(IReadOnlyList<SqlToken> tokens, int before)
    {
        before -= before >= 0 && tokens[before].Is("distinct") ? 1 : 0;
        return before > 0 && tokens[before].Is('(') && tokens[before - 1].Kind == SqlTokenKind.Word && Functions.TryGetValue(tokens[before - 1].Value, out string what) ? what : null;
    }

    /// <summary>Whether a list of terms to order by ends before the column.</summary>
    private static bool IsOrderedBy(IReadOnlyList<SqlToken> tokens, int before)
    {
        int depth = 0;
        for (int at = before; at > 0; at--)
        {
            depth += tokens[at].Is(')') ? 1 : tokens[at].Is('(') ? -1 : 0;
            if (depth < 0 || (depth == 0 && (tokens[at].Is("select") || tokens[at].Is("where") || tokens[at].Is("from") || (tokens[at].Is("by") && !tokens[at - 1].Is("order")))))
            {
                return false;
            }

            if (depth == 0 && tokens[at].Is("by"))
            {
                return at == before || tokens[before].Is(',');
            }
        }

        return false;
    }
}
