namespace TypedPipelines.Sqlite;

/// <summary>A word, name, text or sign of a declaration.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it has ended.</param>
/// <param name="Depth">In how many parentheses it stands; of a parenthesis, those around it.</param>
/// <param name="Text">It, of a quoted name what it names.</param>
/// <param name="IsQuoted">Whether it is quoted, so that it is no keyword.</param>
internal readonly record struct DeclarationToken(int Start, int End, int Depth, string Text, bool IsQuoted)
{
    internal bool Is(string keyword) => !IsQuoted && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a statement apart as SQLite does; comments are left out.</summary>
    internal static List<DeclarationToken> Of(string sql)
    {
        var tokens = new List<DeclarationToken>();
        int depth = 0;
        int at = 0;
        while (at < sql.Length)
        {
            int start = at;
            char first = sql[at];
            if (char.IsWhiteSpace(first))
            {
                at++;
            }
            else if (sql.AsSpan(at).StartsWith("--"))
            {
                at = EndOf(sql, "\n", at);
            }
            else if (sql.AsSpan(at).StartsWith("/*"))
            {
                at = EndOf(sql, "*/", at + 2);
            }
            else if (first is '"' or '`' or '\'' or '[')
            {
                at = EndOfQuoted(sql, at, first == '[' ? ']' : first);
                char close = first == '[' ? ']' : first;
                string inside = sql[(start + 1)..Math.Max(start + 1, at - 1)];
                tokens.Add(new(start, at, depth, first == '[' ? inside : inside.Replace($"{close}{close}", $"{close}", StringComparison.Ordinal), true));
            }
            else if (IsOfWord(first))
            {
                while (at < sql.Length && IsOfWord(sql[at]))
                {
                    at++;
                }

                tokens.Add(new(start, at, depth, sql[start..at], false));
            }
            else
            {
                depth -= first == ')' ? 1 : 0;
                tokens.Add(new(start, ++at, depth, first.ToString(), false));
                depth += first == '(' ? 1 : 0;
            }
        }

        return tokens;
    }

    private static bool IsOfWord(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' || character > 127;

    private static int EndOf(string sql, string mark, int from) => sql.IndexOf(mark, from, StringComparison.Ordinal) is var found and >= 0 ? found + mark.Length : sql.Length;

    private static int EndOfQuoted(string sql, int start, char close)
    {
        int at = start + 1;
        while (at < sql.Length)
        {
            if (sql[at] != close)
            {
                at++;
            }
            else if (close != ']' && at + 1 < sql.Length && sql[at + 1] == close)
            {
                at += 2;
            }
            else
            {
                return at + 1;
            }
        }

        return at;
    }
}
