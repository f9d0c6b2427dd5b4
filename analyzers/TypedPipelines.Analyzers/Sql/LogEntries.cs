using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>Rows that say what has happened and how bad it is, whatever their table is called: on the next run it happened again.</summary>
internal static class LogEntries
{
    private static readonly HashSet<string> Weights = new(StringComparer.OrdinalIgnoreCase) { "severity", "loglevel", "log_level", "level", "eventlevel", "event_level" };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase) { "message", "msg", "exception", "logmessage", "log_message", "stacktrace", "stack_trace" };

    /// <summary>Whether a text inserts a weight and a message into the table.</summary>
    public static bool Are(string text, string table)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes: false);
        foreach (TableStatement insert in TableStatement.Inserts(tokens))
        {
            if (!string.Equals(insert.Table, table, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            bool hasWeight = false, hasText = false;
            int at = insert.Start;
            while (at < insert.End && !tokens[at].Is('('))
            {
                at++;
            }

            for (; at < insert.End && !tokens[at].Is(')'); at++)
            {
                hasWeight |= Weights.Contains(tokens[at].Value);
                hasText |= Texts.Contains(tokens[at].Value);
            }

            return hasWeight && hasText;
        }

        return false;
    }
}
