using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>The assignments of an UPDATE, or of the branch of an upsert or a MERGE.</summary>
internal sealed class SetList
{
    private static readonly HashSet<string> EndsOfSet = new(StringComparer.OrdinalIgnoreCase) { "where", "from", "when", "output", "returning", "order", "limit", "option", "insert", "on", "if", "go" };

    private SetList(string table, HashSet<string> names, List<Assignment> assignments, int end) => (Table, Names, Assignments, End) = (table, names, assignments, end);

    /// <summary>The table that the assignments change.</summary>
    public string Table { get; }

    /// <summary>The names that its columns may be written with.</summary>
    public HashSet<string> Names { get; }

    public List<Assignment> Assignments { get; }

    /// <summary>The token behind the last of them.</summary>
    public int End { get; }

    /// <summary>The list that begins with this token; null where none does.</summary>
    public static SetList? At(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (StartOf(tokens, at) is not { } start || TargetOf(tokens, at) is not { } target)
        {
            return null;
        }

        int end = EndOf(tokens, start);
        return new SetList(target.Table, target.Names, Read(tokens, start, end), end);
    }

    /// <summary>Where the assignments begin: after SET of an update, or after MySQL's <c>on duplicate key update</c>.</summary>
    private static int? StartOf(IReadOnlyList<SqlToken> tokens, int at) =>
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
                int next = SqlName.After(tokens, i + 1);
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
        int alias = SqlName.After(tokens, name);
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

    private static List<Assignment> Read(IReadOnlyList<SqlToken> tokens, int start, int end)
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
}

/// <summary>One assignment of a list.</summary>
internal sealed class Assignment(string column, int start, int end, bool isCompound)
{
    public string Column { get; } = column;

    /// <summary>Where its value begins.</summary>
    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>Whether it is T-SQL's <c>+=</c>.</summary>
    public bool IsCompound { get; } = isCompound;
}
