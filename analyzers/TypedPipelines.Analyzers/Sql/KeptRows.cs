using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Inserts that only add what is not there yet. A second run writes again no more than what the update behind them takes; and what rows are
/// found by decides whether they are there.
/// </summary>
internal static class KeptRows
{
    /// <summary>Takes out the columns that such an insert writes once and for all.</summary>
    /// <param name="tokens">The text's.</param>
    /// <param name="columns">All that it writes.</param>
    /// <param name="lists">Where its lists of columns name them.</param>
    public static void Remove(IReadOnlyList<SqlToken> tokens, List<WrittenColumn> columns, HashSet<int> lists)
    {
        columns.RemoveAll(column => column.IsUpdate && KeepsItself(tokens, column));
        if (!OnlyAdds(tokens))
        {
            return;
        }

        var passedOver = new HashSet<int>(lists);
        foreach (WrittenColumn column in columns)
        {
            for (int i = column.Start; i < column.End && !column.IsUpdate; i++)
            {
                passedOver.Add(i);
            }
        }

        columns.RemoveAll(column => !column.IsUpdate && !IsAskedFor(tokens, column.Column, passedOver));
    }

    /// <summary><c>set approved_on = coalesce(approved_on, now())</c>.</summary>
    private static bool KeepsItself(IReadOnlyList<SqlToken> tokens, WrittenColumn column)
    {
        int at = column.Start;
        if (at + 3 >= column.End || !(tokens[at].Is("coalesce") || tokens[at].Is("isnull") || tokens[at].Is("ifnull") || tokens[at].Is("nvl")) || !tokens[at + 1].Is('('))
        {
            return false;
        }

        int name = SqlName.After(tokens, at + 2) - 1;
        return tokens[name].IsName && string.Equals(tokens[name].Value, column.Column, StringComparison.OrdinalIgnoreCase) && name + 1 < column.End && tokens[name + 1].Is(',');
    }

    /// <summary>Whether a column is named in a key, a condition, or as the new value of an update.</summary>
    private static bool IsAskedFor(IReadOnlyList<SqlToken> tokens, string? column, HashSet<int> passedOver)
    {
        for (int i = 0; i < tokens.Count && column is not null; i++)
        {
            if (!passedOver.Contains(i) && tokens[i].IsName && string.Equals(tokens[i].Value, column, StringComparison.OrdinalIgnoreCase) && !IsTarget(tokens, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name is what an assignment sets.</summary>
    private static bool IsTarget(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (at + 1 >= tokens.Count || !tokens[at + 1].Is('='))
        {
            return false;
        }

        for (int i = at - 1; i >= 0 && !tokens[i].Is(';'); i--)
        {
            if (tokens[i].Is("set") || (tokens[i].Is("update") && i > 0 && tokens[i - 1].Is("key")))
            {
                return true;
            }

            if (tokens[i].Is("where") || tokens[i].Is("on"))
            {
                return false;
            }
        }

        return false;
    }

    private static bool OnlyAdds(IReadOnlyList<SqlToken> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            bool adds = tokens[i].Is("conflict") || tokens[i].Is("duplicate") || tokens[i].Is("ignore") || tokens[i].Is("except") || tokens[i].Is("merge")
                || (tokens[i].Is("exists") && i + 1 < tokens.Count && tokens[i + 1].Is('('))
                || (tokens[i].Is("is") && tokens.WordAt(i + 1, "null"));
            if (adds)
            {
                return true;
            }
        }

        return false;
    }
}
