using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Sql;

/// <summary>
/// Finds the columns that an expression is computed from. A word that it does not know might be a column of the table that the contract does not have, so that of
/// an expression with such a word nothing is told.
/// </summary>
/// <param name="query">Reads the queries inside it.</param>
/// <param name="scope">The names that it can use.</param>
/// <param name="named">The columns of the select list by their names, for clauses that may use them.</param>
internal sealed class ExpressionReader(QueryReader query, QueryScope scope, IReadOnlyDictionary<string, IReadOnlyList<Origin>?>? named = null)
{
    private readonly List<Origin> _found = [];

    /// <summary>Whether it has computed something over several rows, of which it makes one.</summary>
    public bool Aggregates { get; private set; }

    /// <summary>The origins of an expression; null where it cannot be read.</summary>
    public IReadOnlyList<Origin>? Read(int start, int end)
    {
        while (end - start > 2 && query.Tokens[start].Is('(') && query.Closing(start, end) == end - 1 && !query.IsQuery(start + 1))
        {
            (start, end) = (start + 1, end - 1);
        }

        if (SelectList.IsColumn(query.Tokens, start, end) && end - start <= 3 && query.IsNamed(start))
        {
            SqlToken first = query.Tokens[start];
            bool isWord = first.Kind == SqlTokenKind.Word && (char.IsDigit(first.Value[0]) || (end - start == 1 && SqlWords.Reserved.Contains(first.Value)));
            if (!isWord && query.IsNamed(end - 1))
            {
                return Column(end - start == 1 ? null : query.Name(start), query.Name(end - 1));
            }
        }

        return ReadAs(OriginKind.Expression, start, end);
    }

    /// <summary>The origins of what decides, as a condition does; null where it cannot be read.</summary>
    public IReadOnlyList<Origin>? ReadAs(OriginKind kind, int start, int end) => Walk(start, end, kind) ? [.. _found.Distinct()] : null;

    private IReadOnlyList<Origin>? Column(string? alias, string name) =>
        scope.Column(alias, name) ?? (alias is null && !scope.Knows(name) && named is not null && named.TryGetValue(name, out IReadOnlyList<Origin>? origins) ? origins : null);

    private bool Walk(int start, int end, OriginKind kind)
    {
        var cases = new Stack<OriginKind>();
        for (int at = start; at < end; at++)
        {
            SqlToken token = query.Tokens[at];
            if (token.Is('(') && query.IsQuery(at + 1))
            {
                int close = query.Closing(at, end);
                if (close < 0 || !Add(query.Query(at + 1, close, scope), kind, isAsked: at > start && query.Tokens[at - 1].Is("exists")))
                {
                    return false;
                }

                at = close;
            }
            else if (token.Kind == SqlTokenKind.Word && (token.Is("case") || token.Is("when") || token.Is("then") || token.Is("else") || token.Is("end")) && !IsPart(at, start, end))
            {
                kind = Case(token, cases, kind);
                if (cases.Count == 0 && token.Is("when"))
                {
                    return false;
                }
            }
            else if (token.IsName && (at = Word(at, end, kind)) < 0)
            {
                return false;
            }
        }

        return cases.Count == 0;
    }

    /// <summary>Whether a name stands beside a point, so that it is none of the words of SQL.</summary>
    private bool IsPart(int at, int start, int end) => (at > start && query.Tokens[at - 1].Is('.')) || (at + 1 < end && query.Tokens[at + 1].Is('.'));

    /// <summary>What decides which of the values it is stands behind <c>case</c> and <c>when</c>.</summary>
    private static OriginKind Case(SqlToken token, Stack<OriginKind> cases, OriginKind kind)
    {
        if (token.Is("case"))
        {
            cases.Push(kind);
        }

        return token.Is("end") ? cases.Count > 0 ? cases.Pop() : kind
            : token.Is("then") || token.Is("else") ? cases.Count > 0 ? cases.Peek() : kind
            : OriginKind.Filter;
    }

    /// <summary>Reads from a name on; gives the place of the last token read, or -1 where it cannot tell what the name is.</summary>
    private int Word(int at, int end, OriginKind kind)
    {
        SqlToken token = query.Tokens[at];
        int next = at + 1;
        if (token.Kind == SqlTokenKind.Word)
        {
            if (token.Value[0] == SqlLexer.Hole)
            {
                return query.IsTable(at) ? -1 : at; // A value.
            }

            int cast = token.Value.IndexOf("::", StringComparison.Ordinal);
            if (cast >= 0)
            {
                // What it is converted to follows, perhaps with its digits.
                return cast == 0 || char.IsDigit(token.Value[0]) || (IsPlain(token.Value.Substring(0, cast)) && Add(Qualified(at) is { } alias ? scope.Column(alias, token.Value.Substring(0, cast)) : Column(null, token.Value.Substring(0, cast)), kind))
                    ? next < end && query.Tokens[next].Is('(') ? query.Closing(next, end) : at
                    : -1;
            }

            if (char.IsDigit(token.Value[0]))
            {
                return at;
            }

            if (!IsPlain(token.Value))
            {
                return -1;
            }

            if (token.Is("collate"))
            {
                return next < end && query.Tokens[next].IsName ? next : -1;
            }

            if (token.Is("nulls") && (query.Tokens.WordAt(next, "first") || query.Tokens.WordAt(next, "last")))
            {
                return next;
            }

            if (token.Is("at") && query.Tokens.WordAt(next, "time") && query.Tokens.WordAt(next + 1, "zone"))
            {
                return next + 1;
            }
        }

        if (next < end && query.Tokens[next].Is('.'))
        {
            return Path(at, end, kind);
        }

        if (next < end && query.Tokens[next].Is('(') && !IsOperator(token))
        {
            return Call(at, end, kind);
        }

        bool isWord = token.Kind == SqlTokenKind.Word;
        if (isWord && (SqlWords.Reserved.Contains(token.Value) || (next < end && query.Tokens[next].Kind == SqlTokenKind.Text)))
        {
            // date '2001-01-01' is one value. An alias behind "as" would be out of its place.
            return token.Is("as") || token.Is("over") || token.Is("select") ? -1 : at;
        }

        if (isWord && SqlWords.Soft.Contains(token.Value))
        {
            return scope.Knows(token.Value) ? -1 : at;
        }

        return Add(Column(null, query.Name(at)), kind) ? at : -1;
    }

    private static bool IsPlain(string word) => word.IndexOfAny(['@', '#', '$', ':']) < 0;

    /// <summary>The words before a list in parentheses that call nothing.</summary>
    private static bool IsOperator(SqlToken token) => token.Kind == SqlTokenKind.Word && SqlWords.Reserved.Contains(token.Value) && !token.Is("over");

    /// <summary>The name before the point that a name stands behind.</summary>
    private string? Qualified(int at) => at > 1 && query.Tokens[at - 1].Is('.') && query.Tokens[at - 2].IsName ? query.Name(at - 2) : null;

    private int Path(int at, int end, OriginKind kind)
    {
        int last = at + 2;
        if (last >= end || !query.Tokens[last].IsName)
        {
            return -1;
        }

        int next = last + 1;
        if (next < end && query.Tokens[next].Is('('))
        {
            return Call(last, end, kind); // A function of a schema.
        }

        return next < end && query.Tokens[next].Is('.') ? -1
            : query.Tokens[last].Kind == SqlTokenKind.Word && query.Tokens[last].Value.Contains("::") ? Word(last, end, kind)
            : Add(scope.Column(query.Name(at), query.Name(last)), kind) ? last
            : -1;
    }

    private int Call(int at, int end, OriginKind kind)
    {
        string name = query.Tokens[at].Value;
        int open = at + 1;
        int close = query.Closing(open, end);
        if (close < 0 || SqlWords.Unread.Contains(name))
        {
            return -1;
        }

        if (name.Equals("over", StringComparison.OrdinalIgnoreCase) || name.Equals("filter", StringComparison.OrdinalIgnoreCase))
        {
            return Walk(open + 1, close, OriginKind.Filter) ? close : -1;
        }

        bool isOver = query.Tokens.WordAt(After(close, end), "over");
        bool isAggregate = SqlWords.Aggregates.Contains(name) && (isOver || !IsChoice(name, open, close));
        (int from, int to) = Arguments(name, open, close);
        if (from < 0)
        {
            return -1;
        }

        int before = _found.Count;
        int order = isAggregate ? query.Find(from, to, static token => token.Is("order")) : to; // string_agg(name, ', ' order by id)
        if (!Walk(from, order, isAggregate && kind != OriginKind.Filter ? OriginKind.Aggregate : kind))
        {
            return -1;
        }

        Aggregates |= isAggregate && !isOver;
        if ((isAggregate && _found.Count == before) || (isOver && SqlWords.Ranks.Contains(name)))
        {
            _found.AddRange(Rows(kind == OriginKind.Filter ? OriginKind.Filter : OriginKind.Aggregate));
        }

        if (!Walk(order, to, OriginKind.Filter))
        {
            return -1;
        }

        // percentile_cont(0.5) within group (order by delay)
        if (query.Tokens.WordAt(close + 1, "within") && query.Tokens.WordAt(close + 2, "group") && close + 3 < end && query.Tokens[close + 3].Is('('))
        {
            int closing = query.Closing(close + 3, end);
            return closing > 0 && Walk(close + 4, closing, kind == OriginKind.Filter ? kind : OriginKind.Aggregate) ? closing : -1;
        }

        return close;
    }

    /// <summary>The place behind <c>filter (...)</c> or <c>within group (...)</c>, where one of them follows.</summary>
    private int After(int close, int end)
    {
        int open = query.Tokens.WordAt(close + 1, "filter") ? close + 2 : query.Tokens.WordAt(close + 1, "within") ? close + 3 : -1;
        return open > 0 && open < end && query.Tokens[open].Is('(') && query.Closing(open, end) is > 0 and var closing ? closing + 1 : close + 1;
    }

    /// <summary>SQLite's <c>max(a, b)</c> is one of two values, and no aggregate.</summary>
    private bool IsChoice(string name, int open, int close) =>
        (name.Equals("min", StringComparison.OrdinalIgnoreCase) || name.Equals("max", StringComparison.OrdinalIgnoreCase)) && query.Find(open + 1, close, static token => token.Is(',')) < close;

    /// <summary>The part between the parentheses that holds values.</summary>
    private (int From, int To) Arguments(string name, int open, int close)
    {
        if (SqlWords.TakeTypeLast.Contains(name))
        {
            int type = query.Find(open + 1, close, static token => token.Is("as"));
            return type < close ? (open + 1, type) : (-1, -1);
        }

        if (SqlWords.TakePart.Contains(name))
        {
            int rest = query.Find(open + 1, close, static token => token.Is(','));
            return rest < close ? (rest + 1, close) : (-1, -1);
        }

        if (name.Equals("extract", StringComparison.OrdinalIgnoreCase))
        {
            int rest = query.Find(open + 1, close, static token => token.Is("from"));
            return rest < close ? (rest + 1, close) : (-1, -1);
        }

        return (open + 1, close);
    }

    private IEnumerable<Origin> Rows(OriginKind kind) => scope.Tables.Select(table => new Origin(table, true, "", kind));

    private bool Add(IReadOnlyList<Origin>? origins, OriginKind kind)
    {
        if (origins is null)
        {
            return false;
        }

        _found.AddRange(origins.Select(origin => origin.As(kind)));
        return true;
    }

    /// <summary>Adds what a query inside the expression gives; of one that is only asked whether it gives anything, what decides that.</summary>
    private bool Add(QueryColumns? inner, OriginKind kind, bool isAsked)
    {
        if (inner?.Filters is null)
        {
            return false;
        }

        _found.AddRange(inner.Filters);
        if (isAsked)
        {
            _found.AddRange(inner.Tables.Select(static table => new Origin(table, true, "", OriginKind.Filter)));
            return true;
        }

        return inner.IsClosed && inner.Columns.All(column => Add(column.Origins, kind));
    }
}
