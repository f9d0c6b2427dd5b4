using System;
using System.Collections.Generic;
using System.Text;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>Reads the name of a table, in parts or not, quoted or not.</summary>
internal static class SqlName
{
    /// <summary>The name without quotes; null where none stands here.</summary>
    public static string? Read(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (at < tokens.Count && tokens[at].Is("if"))
        {
            at += at + 1 < tokens.Count && tokens[at + 1].Is("not") ? 3 : 2; // CREATE TEMP TABLE IF NOT EXISTS name
        }

        if (at >= tokens.Count || !tokens[at].IsName)
        {
            return null;
        }

        var name = new StringBuilder(tokens[at].Value);
        while (at + 2 < tokens.Count && tokens[at + 1].Is('.') && tokens[at + 2].IsName)
        {
            at += 2;
            name.Append('.').Append(tokens[at].Value);
        }

        return name.ToString();
    }

    /// <summary>The place behind a name of one part or several.</summary>
    public static int After(IReadOnlyList<SqlToken> tokens, int name)
    {
        while (name + 2 < tokens.Count && tokens[name + 1].Is('.') && tokens[name + 2].IsName)
        {
            name += 2;
        }

        return name + 1;
    }

    /// <summary>A name as text writes it, without its quotes.</summary>
    public static string Plain(string name) => Read(SqlLexer.Read(name, backslashEscapes: false), 0) ?? name;

    /// <summary>Whether the table's name says that it ends with its connection: <c>#t</c>, <c>@t</c>, <c>temp.t</c>, <c>pg_temp.t</c>.</summary>
    public static bool IsTemporary(string name) =>
        (name.StartsWith("#", StringComparison.Ordinal) && !name.StartsWith("##", StringComparison.Ordinal))
        || name.StartsWith("@", StringComparison.Ordinal)
        || name.StartsWith("temp.", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("pg_temp.", StringComparison.OrdinalIgnoreCase);
}
