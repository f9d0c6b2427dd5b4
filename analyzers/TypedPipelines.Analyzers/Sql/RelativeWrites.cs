using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Finds assignments of SQL text whose new value is made from the old one: <c>set total = total + @amount</c>, in an UPDATE, in the
/// branch of an upsert or in that of a MERGE. What may make a second run change nothing is taken as doing so.
/// </summary>
internal static class RelativeWrites
{
    /// <summary>Columns that count runs or changes, by what their names say: that is what they are for.</summary>
    private static readonly string[] CountersOfRuns = ["version", "attempt", "retry", "retries", "tries", "revision", "epoch", "generation", "timessent", "sentcount", "usagecount", "usecount", "accesscount", "failurecount", "failedcount"];

    /// <summary>The table and column of the first such assignment; null where there is none.</summary>
    /// <param name="tokens">The text's.</param>
    /// <param name="isRebuilt">Whether a table is made or emptied before, so that the old value is the run's own.</param>
    public static (string Table, string Column)? Find(IReadOnlyList<SqlToken> tokens, Func<string, bool> isRebuilt)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (SetList.At(tokens, i) is not { } set || SqlName.IsTemporary(set.Table) || isRebuilt(set.Table))
            {
                continue;
            }

            foreach (Assignment assignment in set.Assignments)
            {
                if (IsRelative(tokens, assignment, set.Names) && !CountsRuns(assignment.Column) && !IsGuarded(tokens, set.End, set.Assignments))
                {
                    return (set.Table, assignment.Column);
                }
            }
        }

        return null;
    }

    private static bool IsRelative(IReadOnlyList<SqlToken> tokens, Assignment assignment, HashSet<string> target)
    {
        if (assignment.IsCompound)
        {
            return assignment.Column[0] != '@'; // A variable of T-SQL.
        }

        for (int i = assignment.Start; i < assignment.End; i++)
        {
            if (tokens[i].Is('(') && tokens.WordAt(i + 1, "select"))
            {
                i = Close(tokens, i, assignment.End); // It is asked for another row.
            }
            else if (IsOldValue(tokens, i, assignment, target))
            {
                int before = i;
                while (before - 2 >= assignment.Start && tokens[before - 1].Is('.'))
                {
                    before -= 2;
                }

                // coalesce(total, 0) + @amount is made from the old value as total + @amount is.
                int around = before, behind = i;
                while (around - 2 >= assignment.Start && tokens[around - 1].Is('(') && (tokens[around - 2].Is("coalesce") || tokens[around - 2].Is("isnull") || tokens[around - 2].Is("ifnull")))
                {
                    around -= 2;
                    behind = Close(tokens, around + 1, assignment.End);
                }

                if (!IsOfObject(tokens, behind + 1, assignment) && (IsOperator(tokens, around - 1, assignment) || IsOperator(tokens, behind + 1, assignment) || (around - 2 >= assignment.Start && tokens[around - 1].Is('(') && tokens[around - 2].Is("concat"))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOldValue(IReadOnlyList<SqlToken> tokens, int at, Assignment assignment, HashSet<string> target) =>
        tokens[at].IsName
        && string.Equals(tokens[at].Value, assignment.Column, StringComparison.OrdinalIgnoreCase)
        && !(at + 1 < assignment.End && (tokens[at + 1].Is('.') || tokens[at + 1].Is('(')))
        && (at - 2 < assignment.Start || !tokens[at - 1].Is('.') || target.Contains(tokens[at - 2].Value));

    private static bool IsOperator(IReadOnlyList<SqlToken> tokens, int at, Assignment assignment) =>
        at >= assignment.Start && at < assignment.End
        && (tokens[at].Is('+') || tokens[at].Is('-') || tokens[at].Is('*') || tokens[at].Is('/') || tokens[at].Is('|'));

    /// <summary>PostgreSQL's <c>data || '{"a": 1}'::jsonb</c> and <c>data - 'a'</c>: a key is set or taken once, however often that is done.</summary>
    private static bool IsOfObject(IReadOnlyList<SqlToken> tokens, int sign, Assignment assignment)
    {
        bool isObject = false;
        for (int i = assignment.Start; i < assignment.End; i++)
        {
            string value = tokens[i].Value;
            if (value.IndexOf("build_array", StringComparison.OrdinalIgnoreCase) >= 0 || value.TrimStart('\'').StartsWith("[", StringComparison.Ordinal))
            {
                return false; // An array gets longer each time.
            }

            isObject |= value.IndexOf("jsonb", StringComparison.OrdinalIgnoreCase) >= 0;
        }

        return isObject && sign < assignment.End && (tokens[sign].Is('|') || tokens[sign].Is('-'));
    }

    private static int Close(IReadOnlyList<SqlToken> tokens, int open, int end)
    {
        int depth = 0;
        for (int i = open; i < end; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return end - 1;
    }

    /// <summary>
    /// Whether the condition asks for a value that the assignments change, so that it holds once: <c>where version = @version</c>, or
    /// <c>set total = total + 1, applied = 1 where applied = 0</c>. So does a statement that gives back what it made, as a sequence does.
    /// </summary>
    private static bool IsGuarded(IReadOnlyList<SqlToken> tokens, int end, List<Assignment> assignments)
    {
        bool isCondition = false;
        for (int i = end; i < tokens.Count && !tokens[i].Is(';') && !tokens[i].Is("when"); i++)
        {
            isCondition |= tokens[i].Is("where");
            bool asksForChanged = isCondition && tokens[i].IsName
                && assignments.Exists(assignment => string.Equals(assignment.Column, tokens[i].Value, StringComparison.OrdinalIgnoreCase));
            if (asksForChanged || tokens[i].Is("returning") || tokens[i].Is("output") || tokens[i].Is("exists"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a column counts runs or changes, by its name.</summary>
    public static bool CountsRuns(string column)
    {
        foreach (string word in CountersOfRuns)
        {
            if (column.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
