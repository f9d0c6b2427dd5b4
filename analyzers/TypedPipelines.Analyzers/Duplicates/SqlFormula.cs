using System;
using System.Collections.Generic;
using System.Globalization;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>Reads formulas out of the select lists of a statement. What it does not know is none.</summary>
internal sealed class SqlFormula
{
    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly int _end;
    private int _at;

    private SqlFormula(IReadOnlyList<SqlToken> tokens, int start, int end) => (_tokens, _at, _end) = (tokens, start, end);

    /// <summary>The formulas with names that the select lists give, each with its first token.</summary>
    public static IEnumerable<(Formula Formula, string Name, SqlToken First)> In(IReadOnlyList<SqlToken> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].Is("select"))
            {
                continue;
            }

            int start = i + 1;
            int depth = 0;
            for (int at = start; at <= tokens.Count; at++)
            {
                bool ends = at == tokens.Count || (depth == 0 && (tokens[at].Is(',') || tokens[at].Is("from") || tokens[at].Is(')')));
                if (ends)
                {
                    if (Named(tokens, start, at) is { } found)
                    {
                        yield return found;
                    }

                    if (at == tokens.Count || !tokens[at].Is(','))
                    {
                        break;
                    }

                    start = at + 1;
                    continue;
                }

                depth += tokens[at].Is('(') ? 1 : tokens[at].Is(')') ? -1 : 0;
            }
        }
    }

    private static (Formula, string, SqlToken)? Named(IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        if (end - start < 5 || !tokens[end - 1].IsName || !tokens[end - 2].Is("as"))
        {
            return null;
        }

        var reader = new SqlFormula(tokens, start, end - 2);
        return reader.Sum() is { } formula && reader._at == reader._end ? (formula, tokens[end - 1].Value, tokens[start]) : null;
    }

    private bool Takes(char symbol)
    {
        if (_at < _end && _tokens[_at].Is(symbol))
        {
            _at++;
            return true;
        }

        return false;
    }

    private Formula? Sum()
    {
        Formula? left = Product();
        while (left is not null)
        {
            if (Takes('+'))
            {
                left = Product() is { } right ? Formula.Sum(left, right) : null;
            }
            else if (Takes('-'))
            {
                left = Product() is { } right ? Formula.Difference(left, right) : null;
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private Formula? Product()
    {
        Formula? left = Factor();
        while (left is not null)
        {
            if (Takes('*'))
            {
                left = Factor() is { } right ? Formula.Product(left, right) : null;
            }
            else if (Takes('/'))
            {
                left = Factor() is { } right ? Formula.Quotient(left, right) : null;
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private Formula? Factor()
    {
        if (_at >= _end)
        {
            return null;
        }

        if (Takes('-'))
        {
            return Factor() is { } negated ? Formula.Negative(negated) : null;
        }

        if (Takes('('))
        {
            return Sum() is { } inner && Takes(')') ? inner : null;
        }

        SqlToken token = _tokens[_at];
        if (!token.IsName || token.Value.IndexOf(SqlLexer.Hole) >= 0)
        {
            return null;
        }

        _at++;
        if (token.Kind == SqlTokenKind.Word && char.IsDigit(token.Value[0]))
        {
            return Number(token.Value);
        }

        string name = token.Value;
        while (_at + 1 < _end && _tokens[_at].Is('.') && _tokens[_at + 1].IsName)
        {
            name = _tokens[_at + 1].Value;
            _at += 2;
        }

        return Takes('(') ? Call(name) : Formula.Column(name);
    }

    private Formula? Number(string whole)
    {
        string text = whole;
        if (_at + 1 < _end && _tokens[_at].Is('.') && char.IsDigit(_tokens[_at + 1].Value[0]))
        {
            text += "." + _tokens[_at + 1].Value;
            _at += 2;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? Formula.Number(value) : null;
    }

    /// <summary>Of a sum or the like, what is summed is the formula.</summary>
    private Formula? Call(string name)
    {
        var arguments = new List<Formula>();
        do
        {
            if (Sum() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (Takes(','));

        return !Takes(')') ? null
            : arguments.Count == 1 && Formula.NameOf(name) is "sum" or "avg" or "min" or "max" or "total" ? arguments[0]
            : Formula.Call(name, arguments);
    }
}
