using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Inserts of rows that are taken out of where they come from: <c>insert into archive select ... from live; delete from live</c>, or that are marked
/// there as taken, by the column that the insert asks for. A second run finds no more of them.
/// </summary>
internal static class MovedRows
{
    /// <summary>Whether the rows that a text inserts are taken away behind it, in the text itself or in later ones.</summary>
    public static bool Are(string text, IEnumerable<string> later)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes: false);
        if (TableStatement.Inserts(tokens).FirstOrDefault() is not { } insert)
        {
            return false;
        }

        int end = insert.Start;
        while (end < tokens.Count && !tokens[end].Is(';') && !(tokens[end].Is("delete") && tokens.WordAt(end + 1, "from")) && !(tokens[end].Is("update") && end > insert.Start))
        {
            end++;
        }

        var sources = new HashSet<string>(Sources(tokens, insert.Start, end), StringComparer.OrdinalIgnoreCase);
        sources.Remove(insert.Table);
        var asked = new HashSet<string>(Asked(tokens, insert.Start, end), StringComparer.OrdinalIgnoreCase);
        return sources.Count > 0 && (Takes(tokens, end, sources, asked) || later.Any(other => Takes(SqlLexer.Read(other, backslashEscapes: false), 0, sources, asked)));
    }

    private static IEnumerable<string> Sources(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if ((tokens[i].Is("from") || tokens[i].Is("join")) && SqlName.Read(tokens, i + 1) is { } table)
            {
                yield return table;
            }
        }
    }

    /// <summary>The names behind WHERE.</summary>
    private static IEnumerable<string> Asked(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        bool isCondition = false;
        for (int i = start; i < end; i++)
        {
            isCondition |= tokens[i].Is("where");
            if (isCondition && tokens[i].IsName)
            {
                yield return tokens[i].Value;
            }
        }
    }

    private static bool Takes(IReadOnlyList<SqlToken> tokens, int start, HashSet<string> sources, HashSet<string> asked)
    {
        for (int i = start; i < tokens.Count; i++)
        {
            if (tokens[i].Is("delete") && SqlName.Read(tokens, i + (tokens.WordAt(i + 1, "from") ? 2 : 1)) is { } deleted && sources.Contains(deleted))
            {
                return true;
            }

            if (tokens[i].Is("drop") && tokens.WordAt(i + 1, "table") && SqlName.Read(tokens, i + 2) is { } dropped && sources.Contains(dropped))
            {
                return true;
            }

            if (SetList.At(tokens, i) is { } set && sources.Contains(set.Table) && set.Assignments.Exists(assignment => asked.Contains(assignment.Column)))
            {
                return true;
            }
        }

        return false;
    }
}
