using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>One of the comparisons that a WHERE joins by AND.</summary>
internal sealed class Condition(string column, string comparison, string value)
{
    public string Column { get; } = column;

    /// <summary><c>=</c>, <c>&gt;=</c>, <c>&lt;</c> and so on.</summary>
    public string Comparison { get; } = comparison;

    /// <summary>What the column is compared with, as the text writes it.</summary>
    public string Value { get; } = value;

    /// <summary>The comparisons of the WHERE between two tokens: none where there is no WHERE, null where it says more than comparisons do.</summary>
    public static IReadOnlyList<Condition>? Read(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        int at = start;
        while (at < end && !tokens[at].Is("where"))
        {
            at++;
        }

        var found = new List<Condition>();
        for (at++; at < end;)
        {
            if (One(tokens, at, end, found) is not { } next)
            {
                return null;
            }

            if (next < end && !tokens[next].Is("and"))
            {
                return IsEnd(tokens[next]) ? found : null;
            }

            at = next + 1;
        }

        return found;
    }

    private static int? One(IReadOnlyList<SqlToken> tokens, int at, int end, List<Condition> into)
    {
        if (!tokens[at].IsName || tokens[at].Is("not") || tokens[at].Is("exists"))
        {
            return null;
        }

        int behind = SqlName.After(tokens, at);
        string column = tokens[behind - 1].Value;
        if (behind < end && tokens[behind].Is("between") && behind + 3 < end && tokens[behind + 2].Is("and") && IsValue(tokens[behind + 1]) && IsValue(tokens[behind + 3]))
        {
            into.Add(new Condition(column, ">=", tokens[behind + 1].Value));
            into.Add(new Condition(column, "<=", tokens[behind + 3].Value));
            return behind + 4;
        }

        string comparison = "";
        while (behind < end && (tokens[behind].Is('=') || tokens[behind].Is('<') || tokens[behind].Is('>')))
        {
            comparison += tokens[behind++].Value;
        }

        if (comparison.Length == 0 || behind >= end || !IsValue(tokens[behind]))
        {
            return null;
        }

        into.Add(new Condition(column, comparison, tokens[behind].Value));
        return behind + 1;
    }

    /// <summary>A parameter, a text or a number: anything that is computed may be anything.</summary>
    private static bool IsValue(SqlToken token) =>
        token.Kind == SqlTokenKind.Text || (token.Kind == SqlTokenKind.Word && (token.Value[0] is '@' or ':' or '$' or SqlLexer.Hole || char.IsDigit(token.Value[0])));

    private static bool IsEnd(SqlToken token) => new[] { "group", "order", "limit", "returning", "option", "on" }.Any(token.Is);
}
