using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Judges SQL text: which of its inserts would, run a second time, insert their rows a second time. Every pattern that may make
/// an insert repeatable is taken as doing so: this says nothing rather than something wrong.
/// </summary>
internal static class InsertJudge
{
    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "insert", "update", "delete", "merge", "replace", "copy", "truncate", "with", "if", "begin", "declare", "set", "create", "drop", "alter", "select",
    };

    /// <summary>The first table that the text inserts into with nothing that makes it repeatable; null where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="earlier">Texts run before it, which may empty or create the table.</param>
    public static string? UnrepeatableTable(string text, IReadOnlyList<string> earlier)
    {
        string? table = Judge(text, earlier, backslashEscapes: false);

        // Where a backslash stands the dialects disagree on where strings end: it must be wrong in each.
        return table is null || text.IndexOf('\\') < 0 ? table : Judge(text, earlier, backslashEscapes: true);
    }

    /// <summary>Whether texts run before make it safe to insert into a table blindly.</summary>
    /// <param name="table">The table; null where it is not known, and any that was cleared may be it.</param>
    /// <param name="earlier">The texts.</param>
    public static bool IsCleared(string? table, IReadOnlyList<string> earlier)
    {
        ClearedTables cleared = ClearedBy(earlier, backslashEscapes: false);
        return table is null ? cleared.Any : SqlName.IsTemporary(SqlName.Plain(table)) || cleared.Contains(SqlName.Plain(table));
    }

    /// <summary>Whether a text begins as a statement of SQL does, as far as it is known.</summary>
    public static bool IsStatement(string text)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes: false);
        return tokens.Count > 2 && tokens[0].Kind == SqlTokenKind.Word && Verbs.Contains(tokens[0].Value);
    }

    /// <summary>Whether one of some texts makes a table or empties it, so that what it holds is the run's own.</summary>
    public static bool IsRebuilt(string table, IReadOnlyList<string> texts)
    {
        var cleared = new ClearedTables();
        foreach (string text in texts)
        {
            IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes: false);
            for (int i = 0; i < tokens.Count; i++)
            {
                cleared.Note(tokens, i);
            }
        }

        return cleared.Contains(table);
    }

    /// <summary>Whether the text runs a procedure, which may do anything: it says so, or it is nothing but a name.</summary>
    public static bool CallsProcedure(string text)
    {
        bool onlyName = true;
        bool afterName = false;
        foreach (SqlToken token in SqlLexer.Read(text, backslashEscapes: false))
        {
            if (IsCall(token))
            {
                return true;
            }

            // dbo.save is a name; "select 1" and "begin" with something after it are statements.
            onlyName &= token.IsName ? !afterName : token.Is('.');
            afterName = token.IsName;
        }

        return onlyName;
    }

    private static string? Judge(string text, IReadOnlyList<string> earlier, bool backslashEscapes)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes);
        ClearedTables cleared = ClearedBy(earlier, backslashEscapes);
        for (int i = 0; i < tokens.Count; i++)
        {
            cleared.Note(tokens, i);
            if (IsGuard(tokens, i) || IsCall(tokens[i]))
            {
                return null;
            }

            if (InsertTarget(tokens, i) is { } target
                && SqlName.Read(tokens, target) is { } table
                && !SqlName.IsTemporary(table)
                && !cleared.Contains(table)
                && !MadeRepeatable(tokens, target))
            {
                return table;
            }
        }

        return null;
    }

    private static ClearedTables ClearedBy(IReadOnlyList<string> texts, bool backslashEscapes)
    {
        var cleared = new ClearedTables();
        foreach (string text in texts)
        {
            IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes);
            for (int i = 0; i < tokens.Count; i++)
            {
                cleared.Note(tokens, i);
                cleared.NoteRead(tokens, i);
            }
        }

        return cleared;
    }

    /// <summary>The position of the table's name, where an insert begins that is no "or ignore" or "or replace".</summary>
    private static int? InsertTarget(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (CopyTarget(tokens, at) is { } copied)
        {
            return copied;
        }

        if (!tokens[at].Is("insert"))
        {
            return null;
        }

        int next = at + 1;
        while (tokens.WordAt(next, "low_priority") || tokens.WordAt(next, "delayed") || tokens.WordAt(next, "high_priority"))
        {
            next++;
        }

        if (tokens.WordAt(next, "into"))
        {
            return next + 1;
        }

        // T-SQL and MySQL may leave out the INTO. Then only the start of a statement says that it is not MERGE, GRANT or a trigger.
        bool startsStatement = at == 0 || tokens[at - 1].Is(';');
        bool named = next < tokens.Count && tokens[next].IsName && !tokens[next].Is("or") && !tokens[next].Is("ignore") && !tokens[next].Is("overwrite");
        return startsStatement && named ? next : null;
    }

    /// <summary>PostgreSQL's <c>copy orders (id, day) from stdin</c>.</summary>
    private static int? CopyTarget(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (!tokens[at].Is("copy") || (at > 0 && !tokens[at - 1].Is(';')))
        {
            return null;
        }

        for (int i = at + 1, depth = 0; i < tokens.Count && !tokens[i].Is(';'); i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0 && (tokens[i].Is("from") || tokens[i].Is("to")))
            {
                return tokens[i].Is("from") ? at + 1 : null;
            }
        }

        return null;
    }

    private static bool MadeRepeatable(IReadOnlyList<SqlToken> tokens, int insert)
    {
        bool joinsLeft = false;
        int depth = 0;
        for (int i = insert; i < tokens.Count && !tokens[i].Is(';'); i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            joinsLeft |= tokens[i].Is("left");
            bool found = (tokens[i].Is("on") && (tokens.WordAt(i + 1, "conflict") || tokens.WordAt(i + 1, "duplicate")))
                || tokens[i].Is("except")
                || tokens[i].Is("merge")
                || (tokens[i].Is("not") && (tokens.WordAt(i + 1, "exists") || tokens.WordAt(i + 1, "in")))
                || (depth == 0 && i > insert && IsUnknownClause(tokens, i))
                || (joinsLeft && tokens[i].Is("is") && tokens.WordAt(i + 1, "null")); // A left join that keeps what it does not find.
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A part that is only known at run time, where a clause may stand that makes the insert repeatable.</summary>
    private static bool IsUnknownClause(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (tokens[at].Kind != SqlTokenKind.Word || tokens[at].Value[0] != SqlLexer.Hole)
        {
            return false;
        }

        SqlToken before = tokens[at - 1];
        bool isTableOrValue = before.Is("from") || before.Is("join") || before.Is("select") || before.Is("values") || before.Is("limit")
            || before.Is('.') || before.Is(',') || before.Is('=') || before.Is('<') || before.Is('>');
        return !isTableOrValue;
    }

    private static bool IsCall(SqlToken token) => token.Is("exec") || token.Is("execute") || token.Is("call");

    /// <summary><c>if not exists (select ...) insert ...</c>; the one of <c>create table if not exists</c> guards nothing.</summary>
    private static bool IsGuard(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].Is("exists") && at + 1 < tokens.Count && tokens[at + 1].Is('(');

}
