using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.SqlSteps;

/// <summary>The columns that a query gives, as far as its text names them.</summary>
internal sealed class SelectList
{
    private static readonly HashSet<string> Clauses = new(System.StringComparer.OrdinalIgnoreCase)
    {
        "from", "where", "group", "having", "order", "limit", "union", "except", "intersect", "window", "offset", "fetch", "for", "into",
    };

    /// <summary>Words that stand where a name does and are none.</summary>
    private static readonly HashSet<string> Values = new(System.StringComparer.OrdinalIgnoreCase)
    {
        "null", "true", "false", "end", "isnull", "notnull", "current_date", "current_time", "current_timestamp", "current_user", "session_user", "localtime", "localtimestamp",
    };

    private SelectList(SqlToken select) => Select = select;

    /// <summary>The word that it follows.</summary>
    public SqlToken Select { get; }

    public List<SqlToken> Names { get; } = [];

    /// <summary>Whether each column has a name that can be read: a star's have not, nor has an expression without one.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Reads the list of a query's first select; null where there is none outside of parentheses.</summary>
    public static SelectList? Read(IReadOnlyList<SqlToken> tokens)
    {
        if (tokens.Count == 0 || !(tokens[0].Is("select") || tokens[0].Is("with")))
        {
            return null;
        }

        int depth = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            depth += Depth(tokens[i]);
            if (depth == 0 && tokens[i].Is("select"))
            {
                var list = new SelectList(tokens[i]);
                list.ReadItems(tokens, SkipQuantifier(tokens, i + 1));
                return list;
            }
        }

        return null;
    }

    private static int Depth(SqlToken token) => token.Is('(') ? 1 : token.Is(')') ? -1 : 0;

    /// <summary>Passes over <c>distinct</c>, <c>distinct on (...)</c> and <c>top (n) percent with ties</c>.</summary>
    private static int SkipQuantifier(IReadOnlyList<SqlToken> tokens, int at)
    {
        while (at < tokens.Count && (tokens[at].Is("distinct") || tokens[at].Is("all") || tokens[at].Is("top")))
        {
            bool counts = tokens[at].Is("top");
            at++;
            if (tokens.WordAt(at, "on"))
            {
                at++;
            }

            if (at < tokens.Count && tokens[at].Is('('))
            {
                int depth = 0;
                do
                {
                    depth += Depth(tokens[at]);
                    at++;
                }
                while (at < tokens.Count && depth > 0);
            }
            else if (counts)
            {
                at++;
            }

            at += tokens.WordAt(at, "percent") ? 1 : 0;
            at += tokens.WordAt(at, "with") && tokens.WordAt(at + 1, "ties") ? 2 : 0;
        }

        return at;
    }

    private void ReadItems(IReadOnlyList<SqlToken> tokens, int start)
    {
        int depth = 0;
        int at = start;
        for (; at < tokens.Count; at++)
        {
            depth += Depth(tokens[at]);
            if (depth == 0 && tokens[at].Is(','))
            {
                AddItem(tokens, start, at);
                start = at + 1;
            }
            else if (depth < 0 || tokens[at].Is(';') || (depth == 0 && at > start && EndsList(tokens, at)))
            {
                break;
            }
        }

        AddItem(tokens, start, at);
    }

    private static bool EndsList(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].Kind == SqlTokenKind.Word
        && Clauses.Contains(tokens[at].Value)
        && !tokens[at - 1].Is('.')
        && !tokens[at - 1].Is("as")
        && !(tokens[at].Is("from") && tokens[at - 1].Is("distinct")); // is distinct from

    private void AddItem(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        if (NameOf(tokens, start, end) is { } name)
        {
            Names.Add(name);
        }
        else
        {
            IsComplete = false;
        }
    }

    private static SqlToken? NameOf(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        if (end <= start || !CanName(tokens[end - 1]))
        {
            return null;
        }

        SqlToken last = tokens[end - 1];
        if (end - start > 1 && (tokens[end - 2].Is("as") || tokens[end - 2].Is(')')))
        {
            return last;
        }

        // A column, perhaps with those of its table and schema.
        bool isColumn = (end - start) % 2 == 1
            && Enumerable.Range(start, end - start).All(i => (i - start) % 2 == 1 ? tokens[i].Is('.') : tokens[i].IsName);
        return isColumn ? last : null;
    }

    private static bool CanName(SqlToken token) => token.Kind switch
    {
        SqlTokenKind.QuotedName => token.Value.IndexOf(CommandText.Hole) < 0,
        SqlTokenKind.Word => (char.IsLetter(token.Value[0]) || token.Value[0] == '_') && token.Value.IndexOf(':') < 0 && !Values.Contains(token.Value),
        _ => false,
    };
}
