using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>What SQLite, PostgreSQL and SQL Server evaluate to something else on the next run, and what to use instead.</summary>
internal static class RunDependentSql
{
    private const string Window = "take the time from a column or, as a value in a hole, from the partition's window";
    private const string RowKey = "make the key from the row's own columns";
    private const string RowValue = "compute it from the row's own columns";

    /// <summary>They stand without parentheses.</summary>
    private static readonly HashSet<string> Words = Set("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

    private static readonly HashSet<string> Clocks = Set(
        "now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday", "getdate", "getutcdate", "sysdatetime", "sysutcdatetime", "sysdatetimeoffset");

    private static readonly HashSet<string> Ids = Set(
        "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7", "newid", "newsequentialid", "nextval", "txid_current", "pg_current_xact_id");

    private static readonly HashSet<string> RandomNumbers = Set("random", "random_normal", "randomblob", "rand");

    /// <summary>SQLite's, which mean now where they are told no time, or told so.</summary>
    private static readonly HashSet<string> TimesOfSqlite = Set("date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff");

    private static readonly HashSet<string> TimeTypes = Set("date", "time", "timetz", "timestamp", "timestamptz", "zone");

    private static readonly HashSet<string> TimeNames = Set("now", "today", "tomorrow", "yesterday");

    /// <summary>Each place, the name it goes by, and what to use instead.</summary>
    public static IEnumerable<(SqlToken Token, string Name, string Instead, RunDependence Kind)> In(IReadOnlyList<SqlToken> tokens)
    {
        for (int at = 0; at < tokens.Count; at++)
        {
            SqlToken token = tokens[at];
            if (token.Kind == SqlTokenKind.Word && !IsName(tokens, at))
            {
                bool isCall = at + 1 < tokens.Count && tokens[at + 1].Is('(');
                if (Words.Contains(token.Value) && !(at + 1 < tokens.Count && tokens[at + 1].Is('.')))
                {
                    yield return (token, token.Value.ToLowerInvariant(), Window, RunDependence.Clock);
                }
                else if (isCall && InsteadOf(tokens, at) is { } instead)
                {
                    yield return (token, token.Value.ToLowerInvariant() + "()", instead, KindOf(instead));
                }
            }
            else if (token.Kind == SqlTokenKind.Text && TimeNames.Contains(token.Value) && IsTime(tokens, at))
            {
                yield return (token, $"'{token.Value.ToLowerInvariant()}'", Window, RunDependence.Clock);
            }
        }
    }

    private static RunDependence KindOf(string instead) => instead switch
    {
        Window => RunDependence.Clock,
        RowKey => RunDependence.Id,
        _ => RunDependence.Random,
    };

    private static string? InsteadOf(IReadOnlyList<SqlToken> tokens, int at)
    {
        string name = tokens[at].Value;
        bool isEmpty = at + 2 < tokens.Count && tokens[at + 2].Is(')');
        return Clocks.Contains(name) ? Window
            : Ids.Contains(name) ? RowKey
            : RandomNumbers.Contains(name) ? (isEmpty || !Same(name, "rand") ? RowValue : null) // With a seed it is the same each time.
            : TimesOfSqlite.Contains(name) && isEmpty && !Same(name, "strftime") && !Same(name, "timediff") ? Window
            : null;
    }

    /// <summary>Whether a word is somebody's column or alias: <c>t.now</c>, <c>as now</c>; a function may be one of a known schema.</summary>
    private static bool IsName(IReadOnlyList<SqlToken> tokens, int at) => at > 0
        && (tokens[at - 1].Is("as") || (tokens[at - 1].Is('.') && !(at > 1 && (tokens[at - 2].Is("pg_catalog") || tokens[at - 2].Is("sys")))));

    /// <summary>Whether a text is a time: <c>date('now')</c>, <c>timestamp 'today'</c>, <c>'now'::date</c>, <c>cast('now' as date)</c>.</summary>
    private static bool IsTime(IReadOnlyList<SqlToken> tokens, int at) =>
        (at > 0 && IsTimeType(tokens[at - 1], ""))
            || (at + 1 < tokens.Count && IsTimeType(tokens[at + 1], "::"))
            || (at > 1 && tokens[at - 1].Is('(') && tokens[at - 2].Is("cast") && tokens.WordAt(at + 1, "as") && at + 2 < tokens.Count && IsTimeType(tokens[at + 2], ""))
            || (Same(tokens[at].Value, "now") && TimesOfSqlite.Contains(FunctionAround(tokens, at)));

    private static bool IsTimeType(SqlToken token, string before) =>
        token.Kind == SqlTokenKind.Word
        && token.Value.StartsWith(before, StringComparison.Ordinal)
        && TimeTypes.Contains(token.Value.Substring(before.Length));

    /// <summary>The function whose argument something is.</summary>
    private static string FunctionAround(IReadOnlyList<SqlToken> tokens, int at)
    {
        int depth = 0;
        for (int i = at - 1; i > 0; i--)
        {
            depth += tokens[i].Is(')') ? 1 : tokens[i].Is('(') ? -1 : 0;
            if (depth < 0)
            {
                return tokens[i - 1].Kind == SqlTokenKind.Word ? tokens[i - 1].Value : "";
            }
        }

        return "";
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Set(params string[] words) => new(words, StringComparer.OrdinalIgnoreCase);
}
