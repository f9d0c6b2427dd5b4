using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>A statement that deletes rows of a table, or puts rows of others into it.</summary>
internal sealed class TableStatement(string table, int start, int end)
{
    public string Table { get; } = table;

    /// <summary>Its first token.</summary>
    public int Start { get; } = start;

    /// <summary>The token behind it.</summary>
    public int End { get; } = end;

    /// <summary>The statements of a text that begin with DELETE FROM.</summary>
    public static IEnumerable<TableStatement> Deletes(IReadOnlyList<SqlToken> tokens) => Find(tokens, "delete", "from");

    /// <summary>Those that begin with INSERT INTO.</summary>
    public static IEnumerable<TableStatement> Inserts(IReadOnlyList<SqlToken> tokens) => Find(tokens, "insert", "into");

    private static IEnumerable<TableStatement> Find(IReadOnlyList<SqlToken> tokens, string verb, string word)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is(verb) && SqlName.Read(tokens, i + (tokens.WordAt(i + 1, word) ? 2 : 1)) is { } table)
            {
                int end = i + 1;
                while (end < tokens.Count && !tokens[end].Is(';') && !(tokens[end].Is("insert") && tokens.WordAt(end + 1, "into")))
                {
                    end++;
                }

                yield return new TableStatement(table, i, end);
            }
        }
    }
}

/// <summary>Compares the window that is deleted with the one whose rows are inserted after it.</summary>
internal static class Windows
{
    /// <summary>
    /// The column by which rows are inserted that the delete has left where they were: it takes less of it, or ends elsewhere. Null where the
    /// delete covers the insert, or that cannot be known.
    /// </summary>
    public static string? Uncovered(IReadOnlyList<SqlToken> delete, TableStatement deleted, IReadOnlyList<SqlToken> insert, TableStatement inserted, Func<string, string, bool> areSame)
    {
        if (Condition.Read(delete, deleted.Start, deleted.End) is not { Count: > 0 } window
            || SelectOf(insert, inserted) is not { } select
            || Condition.Read(insert, select.From, inserted.End) is not { } taken)
        {
            return null;
        }

        foreach (string column in window.Select(static condition => condition.Column).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            // What the column gets must be a column that is read as it is: of anything else nobody knows what the conditions mean for it.
            if (select.SourceOf(column) is not { } source)
            {
                return null;
            }

            Condition[] limits = [.. window.Where(condition => Same(condition.Column, column))];
            Condition[] rows = [.. taken.Where(condition => Same(condition.Column, source))];
            if (limits.Any(limit => !IsCovered(limit, rows, areSame)))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>Whether no row that is taken lies beyond a limit of the delete.</summary>
    private static bool IsCovered(Condition limit, Condition[] rows, Func<string, string, bool> areSame) => limit.Comparison switch
    {
        "=" => rows.Any(row => row.Comparison is "=" or ">=" or "<=" or ">" or "<" && (row.Comparison != "=" || areSame(limit.Value, row.Value))),
        ">=" => rows.Any(static row => row.Comparison is ">=" or ">" or "="),
        ">" => rows.Any(static row => row.Comparison is ">" or "=") || (rows.Any(static row => row.Comparison == ">=") && !rows.Any(row => row.Comparison == ">=" && areSame(limit.Value, row.Value))),
        "<=" => rows.Any(static row => row.Comparison is "<" or "<=" or "="),
        "<" => rows.Any(static row => row.Comparison is "<" or "=") || (rows.Any(static row => row.Comparison == "<=") && !rows.Any(row => row.Comparison == "<=" && areSame(limit.Value, row.Value))),
        _ => true,
    };

    private static Select? SelectOf(IReadOnlyList<SqlToken> tokens, TableStatement insert)
    {
        int at = SqlName.After(tokens, insert.Start + (tokens.WordAt(insert.Start + 1, "into") ? 2 : 1));
        if (at >= insert.End || !tokens[at].Is('('))
        {
            return null;
        }

        var columns = new List<string>();
        for (at++; at < insert.End && !tokens[at].Is(')'); at++)
        {
            if (tokens[at].IsName)
            {
                columns.Add(tokens[at].Value);
            }
        }

        if (!tokens.WordAt(at + 1, "select"))
        {
            return null;
        }

        var items = new List<(int From, int To)>();
        int first = at + 2, depth = 0, i = first;
        for (; i < insert.End && !(depth == 0 && tokens[i].Is("from")); i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0 && tokens[i].Is(','))
            {
                items.Add((first, i));
                first = i + 1;
            }
        }

        items.Add((first, i));
        bool isPlain = i < insert.End && items.Count == columns.Count && !Enumerable.Range(i, insert.End - i).Any(at => tokens[at].Is("join") || tokens[at].Is("union") || tokens[at].Is('('));
        return isPlain ? new Select(tokens, columns, items, i) : null;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private sealed class Select(IReadOnlyList<SqlToken> tokens, List<string> columns, List<(int From, int To)> items, int from)
    {
        public int From { get; } = from;

        /// <summary>The column that is read for one that is written; null where it is computed.</summary>
        public string? SourceOf(string column)
        {
            int index = columns.FindIndex(name => Same(name, column));
            if (index < 0)
            {
                return null;
            }

            (int start, int end) = items[index];
            int behind = start < end && tokens[start].IsName ? SqlName.After(tokens, start) : end + 1;
            bool isColumn = behind == end || (behind + 2 == end && tokens[behind].Is("as"));
            return isColumn && tokens[behind - 1].Value[0] is not ('@' or ':' or '$' or SqlLexer.Hole) && !char.IsDigit(tokens[behind - 1].Value[0]) ? tokens[behind - 1].Value : null;
        }
    }
}
