using System;
using System.Collections.Generic;

namespace TypedPipelines.Compilation.Sql;

internal enum SqlTokenKind
{
    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A name in double quotes, brackets or backticks; never a keyword.</summary>
    QuotedName,

    /// <summary>A string literal, whatever is in it.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Symbol,
}

/// <summary>A token of SQL text. Comments and white space are none.</summary>
internal readonly struct SqlToken(SqlTokenKind kind, string value, int start, int end)
{
    /// <summary>Where it begins, its quotes included.</summary>
    public int Start { get; } = start;

    /// <summary>Where it ends, its quotes included.</summary>
    public int End { get; } = end;

    public SqlTokenKind Kind { get; } = kind;

    /// <summary>The text; for a quoted name without its quotes.</summary>
    public string Value { get; } = value;

    /// <summary>The name that it is: of a quoted one, what was doubled to be quoted counts once.</summary>
    public string Name(string text) => Kind != SqlTokenKind.QuotedName ? Value : text[Start] switch
    {
        '[' => Value.Replace("]]", "]"),
        var quote => Value.Replace(new string(quote, 2), quote.ToString()),
    };

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);

    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}

internal static class SqlTokens
{
    public static bool WordAt(this IReadOnlyList<SqlToken> tokens, int at, string word) => at < tokens.Count && tokens[at].Is(word);
}
