using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Sql;

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

    /// <summary>Each column, as the place of its expression and the name that it has, where one can be read.</summary>
    public List<(int Start, int End, SqlToken? Name)> Items { get; } = [];

    public IEnumerable<SqlToken> Names => Items.Select(static item => item.Name).OfType<SqlToken>();

    /// <summary>Where it ends: at the next clause, or with the query.</summary>
    public int End { get; private set; }

    /// <summary>Whether each column has a name that can be read: a star's have not, nor has an expression without one.</summary>
    public bool IsComplete => Items.TrueForAll(static item => item.Name is not null);

    /// <summary>Whether it says that only some of the rows are given.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether those are the first for each of what stands behind <c>distinct on</c>.</summary>
    public bool IsFirstOfEach { get; private set; }

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
                return At(tokens, i);
            }
        }

        return null;
    }

    /// <summary>Reads the list behind the select at a place.</summary>
    public static SelectList At(IReadOnlyList<SqlToken> tokens, int select)
    {
        var list = new SelectList(tokens[select]);
        list.ReadItems(tokens, list.SkipQuantifier(tokens, select + 1));
        return list;
    }

    private static int Depth(SqlToken token) => token.Is('(') ? 1 : token.Is(')') ? -1 : 0;

    /// <summary>Passes over <c>distinct</c>, <c>distinct on (...)</c> and <c>top (n) percent with ties</c>.</summary>
    private int SkipQuantifier(IReadOnlyList<SqlToken> tokens, int at)
    {
        while (at < tokens.Count && (tokens[at].Is("distinct") || tokens[at].Is("all") || tokens[at].Is("top")))
        {
            bool counts = tokens[at].Is("top");
            IsCut |= counts;
            at++;
            if (tokens.WordAt(at, "on"))
            {
                IsCut = IsFirstOfEach = true;
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
        End = at;
    }

    private static bool EndsList(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].Kind == SqlTokenKind.Word
        && Clauses.Contains(tokens[at].Value)
        && !tokens[at - 1].Is('.')
        && !tokens[at - 1].Is("as")
        && !(tokens[at].Is("from") && tokens[at - 1].Is("distinct")); // is distinct from

    private void AddItem(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        SqlToken? name = NameOf(tokens, start, end);
        bool isColumn = IsColumn(tokens, start, end);
        Items.Add((start, name is null || isColumn ? end : tokens[end - 2].Is("as") ? end - 2 : end - 1, name));
    }

    private static SqlToken? NameOf(IReadOnlyList<SqlToken> tokens, int start, int end) =>
        end > start && CanName(tokens[end - 1]) && (IsColumn(tokens, start, end) || (end - start > 1 && (tokens[end - 2].Is("as") || tokens[end - 2].Is(')')))) ? tokens[end - 1] : null;

    /// <summary>Whether there is but a column, perhaps with those of its table and schema.</summary>
    public static bool IsColumn(IReadOnlyList<SqlToken> tokens, int start, int end) => (end - start) % 2 == 1
        && Enumerable.Range(start, end - start).All(i => (i - start) % 2 == 1 ? tokens[i].Is('.') : tokens[i].IsName);

    private static bool CanName(SqlToken token) => token.Kind switch
    {
        SqlTokenKind.QuotedName => token.Value.IndexOf(SqlLexer.Hole) < 0,
        SqlTokenKind.Word => (char.IsLetter(token.Value[0]) || token.Value[0] == '_') && token.Value.IndexOf(':') < 0 && !Values.Contains(token.Value),
        _ => false,
    };
}
