using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Units;

/// <summary>The queries inside a statement, by their parentheses. What it cannot follow it leaves out.</summary>
internal sealed class QueryTree
{
    /// <summary>Shorter ones say too little to be worth a step.</summary>
    private const int FewestTokens = 15;

    private readonly List<Query> _nested = [];
    private readonly List<SqlToken> _ctes = [];

    private QueryTree()
    {
    }

    /// <summary>The names of the common table expressions.</summary>
    public IReadOnlyList<SqlToken> Ctes => _ctes;

    /// <summary>The queries that stand in parentheses.</summary>
    public IReadOnlyList<Query> Nested => _nested;

    public int Joins { get; private set; }

    /// <param name="tokens">The statement.</param>
    /// <param name="said">What a token says, as it is compared.</param>
    public static QueryTree Read(IReadOnlyList<SqlToken> tokens, Func<string, string> said)
    {
        var tree = new QueryTree { Joins = tokens.Count(static token => token.Is("join")) };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<bool>();
        int depth = 1;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is('('))
            {
                bool isCte = i > 1 && IsCteBody(tokens, i);
                bool isQuery = tokens.WordAt(i + 1, "select") && !isCte;
                open.Push(isQuery);
                if (isCte)
                {
                    tree._ctes.Add(tokens[NameOf(tokens, i)]);
                }

                if (isQuery)
                {
                    depth++;
                    string text = TextOf(tokens, i + 1, said, out int length);
                    bool isWorth = length >= FewestTokens && HasWork(tokens, i + 1, length);
                    tree._nested.Add(new Query(tokens[i + 1], depth, isWorth && !seen.Add(text)));
                }
            }
            else if (tokens[i].Is(')') && open.Count > 0 && open.Pop())
            {
                depth--;
            }
        }

        return tree;
    }

    /// <summary>Whether a parenthesis holds the query of a common table expression: it stands behind a name, perhaps its columns, and AS.</summary>
    private static bool IsCteBody(IReadOnlyList<SqlToken> tokens, int parenthesis)
    {
        int at = parenthesis - 1;
        if (tokens[at].Is("materialized"))
        {
            at -= tokens[at - 1].Is("not") ? 2 : 1;
        }

        return at > 0 && tokens[at].Is("as") && NameOf(tokens, parenthesis) is >= 0 and var name
            && name > 0 && (tokens[name - 1].Is("with") || tokens[name - 1].Is("recursive") || tokens[name - 1].Is(','));
    }

    /// <summary>Where the name of a common table expression stands; -1 where there is none.</summary>
    private static int NameOf(IReadOnlyList<SqlToken> tokens, int parenthesis)
    {
        int at = parenthesis - 1;
        while (at >= 0 && !tokens[at].Is("as"))
        {
            at--;
        }

        at--;
        if (at > 0 && tokens[at].Is(')'))
        {
            while (at >= 0 && !tokens[at].Is('('))
            {
                at--;
            }

            at--;
        }

        return at >= 0 && tokens[at].IsName ? at : -1;
    }

    private static string TextOf(IReadOnlyList<SqlToken> tokens, int start, Func<string, string> said, out int length)
    {
        int depth = 0;
        int end = start;
        for (; end < tokens.Count && !(depth == 0 && tokens[end].Is(')')); end++)
        {
            depth += tokens[end].Is('(') ? 1 : tokens[end].Is(')') ? -1 : 0;
        }

        length = end - start;
        return string.Join(" ", tokens.Skip(start).Take(length).Select(token => token.Kind == SqlTokenKind.Word ? said(token.Value).ToUpperInvariant() : said(token.Value)));
    }

    private static bool HasWork(IReadOnlyList<SqlToken> tokens, int start, int length) => tokens
        .Skip(start)
        .Take(length)
        .Any(static token => token.Is("join") || token.Is("group") || token.Is("over") || token.Is("distinct"));

    /// <summary>A query that stands in parentheses.</summary>
    /// <param name="select">Its first word.</param>
    /// <param name="depth">How many queries it stands in, itself included.</param>
    /// <param name="isRepeated">Whether the same stands before it in the statement.</param>
    internal sealed class Query(SqlToken select, int depth, bool isRepeated)
    {
        public SqlToken Select { get; } = select;

        public int Depth { get; } = depth;

        public bool IsRepeated { get; } = isRepeated;
    }
}
