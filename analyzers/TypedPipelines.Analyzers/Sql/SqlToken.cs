using System;
using System.Collections.Generic;

namespace TypedPipelines.Analyzers.Sql;

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
internal readonly struct SqlToken(SqlTokenKind kind, string value)
{
    public SqlTokenKind Kind { get; } = kind;

    /// <summary>The text; for a quoted name without its quotes.</summary>
    public string Value { get; } = value;

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);

    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}

internal static class SqlTokens
{
    public static bool WordAt(this IReadOnlyList<SqlToken> tokens, int at, string word) => at < tokens.Count && tokens[at].Is(word);
}
