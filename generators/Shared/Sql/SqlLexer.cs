using System;
using System.Collections.Generic;

namespace TypedPipelines.Compilation.Sql;

/// <summary>
/// Splits SQL text of T-SQL, PostgreSQL, SQLite or MySQL into tokens. It never fails: what has no end runs to the end of the text.
/// </summary>
internal sealed class SqlLexer
{
    /// <summary>Stands before and after each part that is only known at run time.</summary>
    public const char Hole = '\uE000';

    private readonly string _text;
    private readonly bool _backslashEscapes;
    private readonly List<SqlToken> _tokens = [];
    private int _at;
    private int _start;

    private SqlLexer(string text, bool backslashEscapes) => (_text, _backslashEscapes) = (text, backslashEscapes);

    /// <param name="text">The text.</param>
    /// <param name="backslashEscapes">Whether <c>\'</c> is a quote inside a string: so it is in MySQL, and nowhere else.</param>
    public static IReadOnlyList<SqlToken> Read(string text, bool backslashEscapes)
    {
        var lexer = new SqlLexer(text, backslashEscapes);
        while (lexer._at < text.Length)
        {
            lexer.Next();
        }

        return lexer._tokens;
    }

    private char Ahead(int by) => _at + by < _text.Length ? _text[_at + by] : '\0';

    private void Next()
    {
        char c = _text[_at];
        _start = _at;
        switch (c)
        {
            case '-' when Ahead(1) == '-':
            case '#' when char.IsWhiteSpace(Ahead(1)): // A comment of MySQL; #name is a temporary table of T-SQL.
                SkipLine();
                break;
            case '/' when Ahead(1) == '*':
                SkipComment();
                break;
            case '\'':
                Add(SqlTokenKind.Text, Quoted('\'', _backslashEscapes));
                break;
            case '"':
                Add(SqlTokenKind.QuotedName, Quoted('"', _backslashEscapes));
                break;
            case '`':
                Add(SqlTokenKind.QuotedName, Quoted('`', false));
                break;
            case '[' when !AfterName():
                Add(SqlTokenKind.QuotedName, Quoted(']', false));
                break;
            case '$' when DollarTag() is { } tag:
                Add(SqlTokenKind.Text, DollarQuoted(tag));
                break;
            case 'E' or 'e' when Ahead(1) == '\'': // PostgreSQL's string with escapes.
                _at++;
                Add(SqlTokenKind.Text, Quoted('\'', true));
                break;
            case 'N' or 'n' when Ahead(1) == '\'':
                _at++;
                break;
            case Hole:
                Add(SqlTokenKind.Word, ReadHole());
                break;
            default:
                Plain(c);
                break;
        }
    }

    private void Plain(char c)
    {
        if (char.IsWhiteSpace(c))
        {
            _at++;
        }
        else if (IsWordPart(c))
        {
            int start = _at;
            while (_at < _text.Length && IsWordPart(_text[_at]))
            {
                _at++;
            }

            Add(SqlTokenKind.Word, _text.Substring(start, _at - start));
        }
        else
        {
            Add(SqlTokenKind.Symbol, c.ToString());
            _at++;
        }
    }

    private void Add(SqlTokenKind kind, string value) => _tokens.Add(new SqlToken(kind, value, _start, _at));

    // a[1] is an element of an array in PostgreSQL; elsewhere a bracket opens a name.
    private bool AfterName() => _at > 0 && (IsWordPart(_text[_at - 1]) || _text[_at - 1] == ']');

    private void SkipLine()
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end + 1;
    }

    // Comments nest in PostgreSQL and T-SQL and not in the others: where nesting finds no end, the first end counts.
    private void SkipComment()
    {
        int depth = 0;
        for (int i = _at; i + 1 < _text.Length; i++)
        {
            if (_text[i] == '/' && _text[i + 1] == '*')
            {
                depth++;
                i++;
            }
            else if (_text[i] == '*' && _text[i + 1] == '/')
            {
                depth--;
                i++;
                if (depth == 0)
                {
                    _at = i + 1;
                    return;
                }
            }
        }

        int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + 2;
    }

    /// <summary>Reads from an opening quote to the closing one, which is doubled where it belongs to the content.</summary>
    private string Quoted(char close, bool backslash)
    {
        int start = ++_at;
        while (_at < _text.Length)
        {
            if (backslash && _text[_at] == '\\')
            {
                _at += 2;
            }
            else if (_text[_at] != close)
            {
                _at++;
            }
            else if (Ahead(1) == close)
            {
                _at += 2;
            }
            else
            {
                _at++;
                return _text.Substring(start, _at - 1 - start);
            }
        }

        _at = _text.Length;
        return _text.Substring(start);
    }

    /// <summary>PostgreSQL's <c>$$</c> or <c>$tag$</c>; null where the dollar is a parameter such as <c>$1</c> or <c>$day</c>.</summary>
    private string? DollarTag()
    {
        int end = _at + 1;
        while (end < _text.Length && (char.IsLetter(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return end < _text.Length && _text[end] == '$' ? _text.Substring(_at, end + 1 - _at) : null;
    }

    private string DollarQuoted(string tag)
    {
        int start = _at + tag.Length;
        int end = _text.IndexOf(tag, start, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + tag.Length;
        return _text.Substring(start, (end < 0 ? _text.Length : end) - start);
    }

    private string ReadHole()
    {
        int end = _text.IndexOf(Hole, _at + 1);
        int next = end < 0 ? _text.Length : end + 1;
        string hole = _text.Substring(_at, next - _at);
        _at = next;
        return hole;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '#' or '$' or ':';
}
