using System.Text;

namespace TypedPipelines.Sqlite;

/// <summary>The statement that declares a table, as SQLite keeps it, with other columns in it. All else stays to the letter: constraints, defaults, options, comments.</summary>
internal static class TableDeclaration
{
    private static readonly string[] Constraints = ["constraint", "primary", "not", "null", "unique", "check", "default", "collate", "references", "generated", "as"];

    /// <summary>Gives columns another type, null-ness and collation.</summary>
    /// <returns>The statement; null where it is not that of an ordinary table, or a column is not found in it.</returns>
    internal static string? With(string declaration, IReadOnlyList<SqliteColumnShape> columns)
    {
        List<DeclarationToken> tokens = DeclarationToken.Of(declaration);
        int open = tokens.FindIndex(token => token.Is("("));
        int close = tokens.FindIndex(open + 1, token => token.Is(")") && token.Depth == 0);
        if (open < 0 || close < 0 || tokens.Count < 3 || !tokens[0].Is("create") || !tokens[1].Is("table"))
        {
            return null;
        }

        var changes = new List<(int Start, int End, string Text)>();
        foreach (SqliteColumnShape column in columns)
        {
            if (FindColumn(tokens, open, close, column.Name) is not { } found)
            {
                return null;
            }

            changes.AddRange(Change(tokens, found.First, found.End, column));
        }

        var text = new StringBuilder(declaration);
        foreach ((int start, int end, string replacement) in changes.OrderByDescending(change => change.Start))
        {
            text.Remove(start, end - start).Insert(start, replacement);
        }

        return text.ToString();
    }

    /// <summary>Where a column's definition begins, and the comma or parenthesis that ends it.</summary>
    private static (int First, int End)? FindColumn(List<DeclarationToken> tokens, int open, int close, string name)
    {
        int first = open + 1;
        while (first < close)
        {
            int end = tokens.FindIndex(first, token => token.Depth == 1 && token.Is(",") || token.Depth == 0 && token.Is(")"));
            // Columns come first: a table's constraint begins with a keyword, which a column is called by in quotes alone.
            if (tokens[first].Text.Equals(name, StringComparison.OrdinalIgnoreCase) && (tokens[first].IsQuoted || !Constraints.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                return (first, end);
            }

            first = end + 1;
        }

        return null;
    }

    private static IEnumerable<(int Start, int End, string Text)> Change(List<DeclarationToken> tokens, int first, int end, SqliteColumnShape column)
    {
        int constraint = first + 1;
        while (constraint < end && !(tokens[constraint].Depth == 1 && Constraints.Any(tokens[constraint].Is)))
        {
            constraint++;
        }

        // The type is all between the name and the first constraint.
        yield return (tokens[first].End, tokens[constraint - 1].End, $" {column}");
        for (int at = constraint; at < end; at++)
        {
            bool isNotNull = tokens[at].Is("not") && at + 1 < end && tokens[at + 1].Is("null");
            if (tokens[at].Depth == 1 && (isNotNull || tokens[at].Is("collate")) && at + 1 < end)
            {
                bool isNamed = at - 2 >= constraint && tokens[at - 2].Is("constraint");
                bool saysOnConflict = isNotNull && at + 4 < end && tokens[at + 2].Is("on") && tokens[at + 3].Is("conflict");
                int last = at + (saysOnConflict ? 4 : 1);
                yield return (tokens[isNamed ? at - 2 : at].Start, tokens[last].End, "");
                at = last;
            }
        }
    }
}
