using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Sql;

/// <summary>
/// Reads where the columns of a query come from, through aliases, joins, queries inside it, <c>with</c> and <c>union</c>. What it does not know it does not guess: then there
/// is nothing to tell.
/// </summary>
/// <param name="text">The statement.</param>
/// <param name="tokens">Its tokens.</param>
/// <param name="table">The table that a hole stands for, by its mark; null for that of a value.</param>
internal sealed class QueryReader(string text, IReadOnlyList<SqlToken> tokens, Func<string, QueryTable?> table)
{
    /// <summary>Deeper than anyone writes.</summary>
    private const int MostNested = 30;

    private readonly Stack<Dictionary<string, QueryColumns>> _with = new();

    public IReadOnlyList<SqlToken> Tokens => tokens;

    /// <summary>What the statement gives; null where it cannot be read.</summary>
    public QueryColumns? Read()
    {
        int end = tokens.Count > 0 && tokens[tokens.Count - 1].Is(';') ? tokens.Count - 1 : tokens.Count;
        return end > 0 && Find(0, end, static token => token.Is(';')) == end ? Query(0, end, null) : null;
    }

    public string Name(int at) => NameOf(tokens[at]);

    public string NameOf(SqlToken name) => name.Name(text);

    public bool IsNamed(int at) => tokens[at].IsName && tokens[at].Value.IndexOf(SqlLexer.Hole) < 0 && tokens[at].Value.IndexOfAny(['@', '#', '$', ':']) < 0;

    public bool IsTable(int at) => TableAt(at) is not null;

    public QueryTable? TableAt(int at) => tokens[at].Kind == SqlTokenKind.Word && tokens[at].Value[0] == SqlLexer.Hole ? table(tokens[at].Value) : null;

    public bool IsQuery(int at) => tokens.WordAt(at, "select") || tokens.WordAt(at, "with");

    /// <summary>The place of the parenthesis that closes the one at a place; -1 where none does.</summary>
    public int Closing(int open, int end)
    {
        int depth = 0;
        for (int at = open; at < end; at++)
        {
            depth += tokens[at].Is('(') ? 1 : tokens[at].Is(')') ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The first place outside of parentheses whose token is wanted; the end where there is none.</summary>
    public int Find(int start, int end, Func<SqlToken, bool> wanted)
    {
        int depth = 0;
        for (int at = start; at < end; at++)
        {
            if (depth == 0 && wanted(tokens[at]) && !(at > start && tokens[at - 1].Is('.')))
            {
                return at;
            }

            depth += tokens[at].Is('(') ? 1 : tokens[at].Is(')') ? -1 : 0;
        }

        return end;
    }

    /// <summary>The end of the condition of a join.</summary>
    public int FindCondition(int start, int end)
    {
        for (int at = Find(start, end, Ends); ; at = Find(at + 1, end, Ends))
        {
            // left(name, 3) is a function.
            if (at == end || !SqlWords.Joins.Contains(tokens[at].Value) || !(at + 1 < end && tokens[at + 1].Is('(')))
            {
                return at;
            }
        }

        static bool Ends(SqlToken token) => token.Is(',') || (token.Kind == SqlTokenKind.Word && (SqlWords.Clauses.Contains(token.Value) || SqlWords.Joins.Contains(token.Value)));
    }

    /// <summary>The query of a name that <c>with</c> gives one; null where there is none.</summary>
    public QueryColumns? With(string name)
    {
        foreach (Dictionary<string, QueryColumns> named in _with)
        {
            if (named.TryGetValue(name, out QueryColumns found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What the query at a place gives; null where it cannot be read.</summary>
    public QueryColumns? Query(int start, int end, QueryScope? around)
    {
        if (_with.Count > MostNested)
        {
            return null;
        }

        _with.Push(new(StringComparer.OrdinalIgnoreCase));
        try
        {
            return tokens[start].Is("with") ? ReadWith(start + 1, end, around) is > 0 and var at ? Selects(at, end, around) : null : Selects(start, end, around);
        }
        finally
        {
            _with.Pop();
        }
    }

    /// <summary>Reads the queries that are given names; gives the place behind them, or -1. One that reads itself finds no such name.</summary>
    private int ReadWith(int at, int end, QueryScope? around)
    {
        at += tokens.WordAt(at, "recursive") ? 1 : 0;
        while (at < end && IsNamed(at))
        {
            string name = Name(at);
            List<string>? names = Names(ref at, end, behind: 1);
            if (names is null || !tokens.WordAt(at, "as"))
            {
                return -1;
            }

            at++;
            at += tokens.WordAt(at, "not") ? 1 : 0;
            at += tokens.WordAt(at, "materialized") ? 1 : 0;
            int close = at < end && tokens[at].Is('(') && IsQuery(at + 1) ? Closing(at, end) : -1;
            if (close < 0 || Query(at + 1, close, around)?.Named(names) is not { } rows)
            {
                return -1;
            }

            _with.Peek()[name] = rows;
            at = close + 1;
            if (at < end && tokens[at].Is(','))
            {
                at++;
                continue;
            }

            return at;
        }

        return -1;
    }

    /// <summary>The names in parentheses behind a place, which becomes the one behind them; none where there are none, null where they are something else.</summary>
    public List<string>? Names(ref int at, int end, int behind)
    {
        at += behind;
        if (at >= end || !tokens[at].Is('('))
        {
            return [];
        }

        int close = Closing(at, end);
        var names = new List<string>();
        for (int name = at + 1; name < close; name += 2)
        {
            if (!IsNamed(name) || !(name + 1 == close || tokens[name + 1].Is(',')))
            {
                return null;
            }

            names.Add(Name(name));
        }

        at = close + 1;
        return close < 0 ? null : names;
    }

    private QueryColumns? Selects(int start, int end, QueryScope? around)
    {
        QueryColumns? all = null;
        bool isOne = true;
        while (true)
        {
            int next = Find(start, end, static token => token.Is("union") || token.Is("except") || token.Is("intersect") || token.Is("minus"));
            isOne &= next == end;
            if (!tokens.WordAt(start, "select") || (next < end && !tokens[next].Is("union")) || new SelectReader(this, around).Read(start, next, isOne) is not { } one)
            {
                return null;
            }

            all = all is null ? one : all.And(one);
            if (all is null || next == end)
            {
                return all;
            }

            start = next + (tokens.WordAt(next + 1, "all") || tokens.WordAt(next + 1, "distinct") ? 2 : 1);
        }
    }
}
