using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// The values that SQL text writes, column by column: the tuples and select lists of inserts, the assignments of updates and upserts, the
/// source of a MERGE. What it cannot place it leaves out.
/// </summary>
internal static class WrittenColumns
{
    public static List<WrittenColumn> In(IReadOnlyList<SqlToken> tokens)
    {
        var found = new List<WrittenColumn>();
        var lists = new HashSet<int>();
        string? merged = null;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is(';'))
            {
                merged = null;
            }
            else if (tokens[i].Is("merge") && !tokens.WordAt(i + 1, "join"))
            {
                merged = SqlName.Read(tokens, SkipTop(tokens, i + 1));
            }
            else if (merged is not null && tokens[i].Is("using") && i + 1 < tokens.Count && tokens[i + 1].Is('('))
            {
                AddSource(tokens, i + 2, merged, found, lists);
            }
            else if (tokens[i].Is("insert") || (tokens[i].Is("replace") && tokens.WordAt(i + 1, "into")))
            {
                AddInsert(tokens, i, merged, found, lists);
            }
            else if (SetList.At(tokens, i) is { } set)
            {
                foreach (Assignment assignment in set.Assignments)
                {
                    found.Add(new WrittenColumn(set.Table, assignment.Column, assignment.Start, assignment.End, isUpdate: true));
                }
            }
        }

        KeptRows.Remove(tokens, found, lists);
        return found;
    }

    private static int SkipTop(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (tokens.WordAt(at, "top") && at + 1 < tokens.Count && tokens[at + 1].Is('('))
        {
            at = Close(tokens, at + 1) + 1;
        }

        return tokens.WordAt(at, "into") ? at + 1 : at;
    }

    private static void AddInsert(IReadOnlyList<SqlToken> tokens, int insert, string? merged, List<WrittenColumn> found, HashSet<int> lists)
    {
        int name = insert + 1;
        if (merged is null)
        {
            while (tokens.WordAt(name, "or") || tokens.WordAt(name, "ignore") || tokens.WordAt(name, "replace") || tokens.WordAt(name, "into") || tokens.WordAt(name, "overwrite"))
            {
                name++;
            }
        }

        string? table = merged ?? SqlName.Read(tokens, name);
        if (table is null || SqlName.IsTemporary(table))
        {
            return;
        }

        int at = merged is null ? SqlName.After(tokens, name) : name;
        if (tokens.WordAt(at, "as"))
        {
            at += 2;
        }

        List<string>? columns = null;
        if (at < tokens.Count && tokens[at].Is('(') && !tokens.WordAt(at + 1, "select"))
        {
            columns = Names(tokens, at, lists);
            at = Close(tokens, at) + 1;
        }

        for (; at < tokens.Count && !tokens[at].Is(';'); at++)
        {
            if (tokens[at].Is("values"))
            {
                AddTuples(tokens, at + 1, table, columns, found);
                return;
            }

            if (tokens[at].Is("select"))
            {
                AddItems(tokens, at + 1, table, columns, found, namesItself: false);
                return;
            }

            if (tokens[at].Is("set") || tokens[at].Is("exec") || tokens[at].Is("execute"))
            {
                return;
            }
        }
    }

    private static void AddTuples(IReadOnlyList<SqlToken> tokens, int at, string table, List<string>? columns, List<WrittenColumn> found)
    {
        while (at < tokens.Count && tokens[at].Is('('))
        {
            int end = Close(tokens, at);
            Split(tokens, at + 1, end, (index, from, to) => Add(found, table, columns, index, from, to));
            at = end + 1;
            at += at < tokens.Count && tokens[at].Is(',') ? 1 : 0;
        }
    }

    private static void AddItems(IReadOnlyList<SqlToken> tokens, int at, string table, List<string>? columns, List<WrittenColumn> found, bool namesItself)
    {
        if (tokens.WordAt(at, "distinct") || tokens.WordAt(at, "all"))
        {
            at++;
        }

        if (tokens.WordAt(at, "top"))
        {
            at = at + 1 < tokens.Count && tokens[at + 1].Is('(') ? Close(tokens, at + 1) + 1 : at + 2;
        }

        int end = at;
        for (int depth = 0; end < tokens.Count; end++)
        {
            depth += tokens[end].Is('(') ? 1 : tokens[end].Is(')') ? -1 : 0;
            if (depth < 0 || tokens[end].Is(';') || (depth == 0 && (tokens[end].Is("from") || tokens[end].Is("where") || tokens[end].Is("union") || tokens[end].Is("on"))))
            {
                break;
            }
        }

        var items = new List<(int From, int To)>();
        Split(tokens, at, end, (_, from, to) => items.Add((from, to)));
        int star = items.FindIndex(item => item.To > item.From && tokens[item.To - 1].Is('*'));
        for (int i = 0; i < items.Count; i++)
        {
            (int from, int to) = items[i];
            if (namesItself)
            {
                string alias = tokens[to - 1].Value;
                found.Add(new WrittenColumn(table, alias.TrimStart('@', ':', '$'), from, to, isUpdate: false));
            }
            else if (star < 0 || i < star)
            {
                Add(found, table, columns, i, from, to);
            }
            else if (i > star && columns is not null && columns.Count - (items.Count - i) > star)
            {
                Add(found, table, columns, columns.Count - (items.Count - i), from, to); // How many columns a star has shows in how many are left behind it.
            }
        }
    }

    /// <summary>The rows of a MERGE: <c>using (select @day as day ...)</c>, or <c>using (values (@day, ...)) as s (day, ...)</c>.</summary>
    private static void AddSource(IReadOnlyList<SqlToken> tokens, int at, string table, List<WrittenColumn> found, HashSet<int> lists)
    {
        if (tokens.WordAt(at, "select"))
        {
            AddItems(tokens, at + 1, table, columns: null, found, namesItself: true);
        }
        else if (tokens.WordAt(at, "values"))
        {
            int names = Close(tokens, at - 1) + 1;
            names += tokens.WordAt(names, "as") ? 2 : 1;
            List<string>? columns = names < tokens.Count && tokens[names].Is('(') ? Names(tokens, names, lists) : null;
            AddTuples(tokens, at + 1, table, columns, found);
        }
    }

    private static void Add(List<WrittenColumn> found, string table, List<string>? columns, int index, int from, int to)
    {
        // With more values than columns the text is not what it looks like.
        if (columns is null || index < columns.Count)
        {
            found.Add(new WrittenColumn(table, columns?[index], from, to, isUpdate: false));
        }
    }

    private static List<string> Names(IReadOnlyList<SqlToken> tokens, int open, HashSet<int> lists)
    {
        var names = new List<string>();
        Split(tokens, open + 1, Close(tokens, open), (_, _, to) =>
        {
            names.Add(tokens[to - 1].Value);
            lists.Add(to - 1);
        });
        return names;
    }

    private static void Split(IReadOnlyList<SqlToken> tokens, int from, int end, Action<int, int, int> take)
    {
        int index = 0;
        for (int depth = 0, i = from; i <= end && i <= tokens.Count; i++)
        {
            bool isEnd = i == end || i == tokens.Count;
            if (isEnd || (depth == 0 && tokens[i].Is(',')))
            {
                if (i > from)
                {
                    take(index, from, i);
                }

                index++;
                from = i + 1;
            }
            else
            {
                depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            }
        }
    }

    private static int Close(IReadOnlyList<SqlToken> tokens, int open)
    {
        int depth = 0;
        for (int i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return tokens.Count;
    }
}

/// <summary>A value that a statement writes.</summary>
internal sealed class WrittenColumn(string table, string? column, int start, int end, bool isUpdate)
{
    public string Table { get; } = table;

    /// <summary>Null where the statement names no columns.</summary>
    public string? Column { get; } = column;

    /// <summary>The first token of the value.</summary>
    public int Start { get; } = start;

    /// <summary>The token behind it.</summary>
    public int End { get; } = end;

    /// <summary>Whether it is written over what is there.</summary>
    public bool IsUpdate { get; } = isUpdate;
}
