using System;
using System.Collections.Generic;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Finds assignments of SQL text whose new value is made from the old one: <c>set total = total + @amount</c>, in an UPDATE, in the
/// branch of an upsert or in that of a MERGE. What may make a second run change nothing is taken as doing so.
/// </summary>
internal static class RelativeWrites
{
    /// <summary>Columns that count runs or changes, by what their names say: that is what they are for.</summary>
    private static readonly string[] CountersOfRuns = ["version", "attempt", "retry", "retries", "tries", "revision", "epoch", "generation"];

    private static readonly HashSet<string> EndsOfSet = new(StringComparer.OrdinalIgnoreCase) { "where", "from", "when", "output", "returning", "order", "limit", "option", "insert", "on", "if", "go" };

    /// <summary>The table and column of the first such assignment; null where there is none.</summary>
    /// <param name="tokens">The text's.</param>
    /// <param name="isRebuilt">Whether a table is made or emptied before, so that the old value is the run's own.</param>
    public static (string Table, string Column)? Find(IReadOnlyList<SqlToken> tokens, Func<string, bool> isRebuilt)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (SetList(tokens, i) is not { } start || TargetOf(tokens, i) is not { } target || SqlName.IsTemporary(target.Table) || isRebuilt(target.Table))
            {
                continue;
            }

            int end = EndOf(tokens, start);
            List<Assignment> assignments = Assignments(tokens, start, end);
            foreach (Assignment assignment in assignments)
            {
                if (IsRelative(tokens, assignment, target.Names) && !CountsRuns(assignment.Column) && !IsGuarded(tokens, end, assignments))
                {
                    return (target.Table, assignment.Column);
                }
            }
        }

        return null;
    }

    /// <summary>Where the assignments begin: after SET of an update, or after MySQL's <c>on duplicate key update</c>.</summary>
    private static int? SetList(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].Is("set") && !tokens.WordAt(at + 1, "transaction") ? at + 1
        : tokens[at].Is("update") && at > 1 && tokens[at - 1].Is("key") && tokens[at - 2].Is("duplicate") ? at + 1
        : null;

    /// <summary>The table that the assignments change, and the names that its columns may be written with.</summary>
    private static (string Table, HashSet<string> Names)? TargetOf(IReadOnlyList<SqlToken> tokens, int set)
    {
        for (int i = set - 1; i >= 0; i--)
        {
            SqlToken token = tokens[i];
            if (token.Is(';'))
            {
                return null;
            }

            bool isUpdate = token.Is("update") && !(i > 0 && (tokens[i - 1].Is("do") || tokens[i - 1].Is("then") || tokens[i - 1].Is("for") || tokens[i - 1].Is("key")));
            if (isUpdate || token.Is("into") || token.Is("merge"))
            {
                int name = i + 1;
                while (tokens.WordAt(name, "into") || tokens.WordAt(name, "only") || tokens.WordAt(name, "or") || tokens.WordAt(name, "ignore") || tokens.WordAt(name, "replace")
                    || tokens.WordAt(name, "abort") || tokens.WordAt(name, "low_priority"))
                {
                    name++;
                }

                return SqlName.Read(tokens, name) is { } table ? (RealName(tokens, table), NamesOf(tokens, name, table)) : null;
            }
        }

        return null;
    }

    /// <summary>T-SQL's <c>update t set ... from orders as t</c> names the table behind.</summary>
    private static string RealName(IReadOnlyList<SqlToken> tokens, string alias)
    {
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            if ((tokens[i].Is("from") || tokens[i].Is("join")) && SqlName.Read(tokens, i + 1) is { } table)
            {
                int next = After(tokens, i + 1);
                next += tokens.WordAt(next, "as") ? 1 : 0;
                if (next < tokens.Count && tokens[next].IsName && string.Equals(tokens[next].Value, alias, StringComparison.OrdinalIgnoreCase))
                {
                    return table;
                }
            }
        }

        return alias;
    }

    private static HashSet<string> NamesOf(IReadOnlyList<SqlToken> tokens, int name, string table)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { table.Substring(table.LastIndexOf('.') + 1) };
        int alias = After(tokens, name);
        if (tokens.WordAt(alias, "with") && alias + 1 < tokens.Count && tokens[alias + 1].Is('('))
        {
            alias += 2;
            while (alias < tokens.Count && !tokens[alias].Is(')'))
            {
                alias++;
            }

            alias++;
        }

        alias += tokens.WordAt(alias, "as") ? 1 : 0;
        if (alias < tokens.Count && tokens[alias].IsName && !tokens[alias].Is("set"))
        {
            names.Add(tokens[alias].Value);
        }

        return names;
    }

    /// <summary>The place behind a name of several parts.</summary>
    private static int After(IReadOnlyList<SqlToken> tokens, int name)
    {
        while (name + 2 < tokens.Count && tokens[name + 1].Is('.') && tokens[name + 2].IsName)
        {
            name += 2;
        }

        return name + 1;
    }

    private static int EndOf(IReadOnlyList<SqlToken> tokens, int start)
    {
        int depth = 0;
        for (int i = start; i < tokens.Count; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth < 0 || tokens[i].Is(';') || (depth == 0 && tokens[i].Kind == SqlTokenKind.Word && EndsOfSet.Contains(tokens[i].Value)))
            {
                return i;
            }
        }

        return tokens.Count;
    }

    private static List<Assignment> Assignments(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        var found = new List<Assignment>();
        int at = start;
        while (at < end)
        {
            int next = at;
            for (int depth = 0; next < end && (depth > 0 || !tokens[next].Is(',')); next++)
            {
                depth += tokens[next].Is('(') ? 1 : tokens[next].Is(')') ? -1 : 0;
            }

            int name = at;
            while (name + 2 < next && tokens[name + 1].Is('.'))
            {
                name += 2;
            }

            int equals = name + 1;
            bool isCompound = equals + 1 < next && (tokens[equals].Is('+') || tokens[equals].Is('-') || tokens[equals].Is('*') || tokens[equals].Is('/')) && tokens[equals + 1].Is('=');
            if (tokens[name].IsName && equals < next && (isCompound || tokens[equals].Is('=')))
            {
                found.Add(new Assignment(tokens[name].Value, equals + (isCompound ? 2 : 1), next, isCompound));
            }

            at = next + 1;
        }

        return found;
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

                if (IsOperator(tokens, around - 1, assignment) || IsOperator(tokens, behind + 1, assignment) || (around - 2 >= assignment.Start && tokens[around - 1].Is('(') && tokens[around - 2].Is("concat")))
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

    private static bool CountsRuns(string column)
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

    private sealed class Assignment(string column, int start, int end, bool isCompound)
    {
        public string Column { get; } = column;

        /// <summary>Where its value begins.</summary>
        public int Start { get; } = start;

        public int End { get; } = end;

        /// <summary>Whether it is T-SQL's <c>+=</c>.</summary>
        public bool IsCompound { get; } = isCompound;
    }
}
