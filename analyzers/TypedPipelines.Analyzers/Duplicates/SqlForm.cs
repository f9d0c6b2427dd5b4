using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>What a query says, without what does not matter to it: case, white space, comments, the names of aliases, the values of literals and holes.</summary>
internal static class SqlForm
{
    private static readonly HashSet<string> NoAlias = new(StringComparer.OrdinalIgnoreCase)
    {
        "as", "on", "using", "where", "group", "order", "having", "limit", "offset", "fetch", "union", "except", "intersect", "join", "inner", "left", "right", "full", "cross",
        "natural", "lateral", "outer", "set", "values", "select", "from", "with", "for", "window", "returning", "when", "then", "and", "or", "not", "is", "in", "like", "between", "asc", "desc", "end", "else",
    };

    /// <summary>The form of a part of a statement.</summary>
    /// <param name="tokens">The statement.</param>
    /// <param name="start">The first token of the part.</param>
    /// <param name="length">How many tokens it has.</param>
    public static string Of(IReadOnlyList<SqlToken> tokens, int start, int length)
    {
        Dictionary<string, string> aliases = AliasesIn(tokens, start, length);
        var form = new StringBuilder();
        for (int i = start; i < start + length; i++)
        {
            SqlToken token = tokens[i];
            if (token.Is("as") && i + 1 < start + length && tokens[i + 1].IsName && !tokens.WordAt(i + 1, "select"))
            {
                i++; // What a column or a table is called here.
                continue;
            }

            if (token.IsName && aliases.ContainsKey(token.Value) && !(i + 1 < start + length && tokens[i + 1].Is('.')) && !(i > start && tokens[i - 1].Is('.')))
            {
                continue; // The same without AS.
            }

            form.Append(token.Kind switch
            {
                SqlTokenKind.Text => "?",
                _ when token.Value.IndexOf(SqlLexer.Hole) >= 0 => "{}",
                SqlTokenKind.Word when token.Value.Length > 0 && char.IsDigit(token.Value[0]) => "?",
                SqlTokenKind.Word or SqlTokenKind.QuotedName => aliases.TryGetValue(token.Value, out string? alias) ? alias : token.Value.ToUpperInvariant(),
                _ => token.Value,
            }).Append(' ');
        }

        return form.ToString();
    }

    /// <summary>The names that tables have inside a query, in their order: an alias that stands behind a table without AS is left in as its number.</summary>
    private static Dictionary<string, string> AliasesIn(IReadOnlyList<SqlToken> tokens, int start, int length)
    {
        var aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = start; i < start + length; i++)
        {
            if (!tokens[i].Is("from") && !tokens[i].Is("join"))
            {
                continue;
            }

            int at = i + 1;
            if (at < start + length && tokens[at].Is('('))
            {
                at = Closing(tokens, at, start + length) + 1;
            }
            else
            {
                while (at < start + length && (tokens[at].IsName || tokens[at].Is('.')) && (at == i + 1 || tokens[at].Is('.') || tokens[at - 1].Is('.')))
                {
                    at++;
                }
            }

            at += tokens.WordAt(at, "as") ? 1 : 0;
            if (at < start + length && tokens[at].IsName && !NoAlias.Contains(tokens[at].Value) && !aliases.ContainsKey(tokens[at].Value))
            {
                aliases.Add(tokens[at].Value, "@" + aliases.Count.ToString(CultureInfo.InvariantCulture));
            }
        }

        return aliases;
    }

    /// <summary>Where a parenthesis is closed; the last token where it is not.</summary>
    public static int Closing(IReadOnlyList<SqlToken> tokens, int open, int end)
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

        return Math.Max(open, end - 1);
    }

    /// <summary>The queries worth telling of a statement: the statement itself, and those in parentheses, each with its first token and their number.</summary>
    public static IEnumerable<(int Start, int Length, bool IsWhole)> QueriesIn(IReadOnlyList<SqlToken> tokens, int fewestWhole, int fewestInside)
    {
        int end = tokens.Count;
        while (end > 0 && tokens[end - 1].Is(';'))
        {
            end--;
        }

        if (end >= fewestWhole)
        {
            yield return (0, end, true);
        }

        for (int i = 0; i + 1 < end; i++)
        {
            if (tokens[i].Is('(') && tokens[i + 1].Is("select"))
            {
                int length = Closing(tokens, i, end) - i - 1;
                if (length >= fewestInside && tokens.Skip(i + 1).Take(length).Any(static token => token.Is("join") || token.Is("group") || token.Is("where") || token.Is("over")))
                {
                    yield return (i + 1, length, false);
                }
            }
        }
    }
}
