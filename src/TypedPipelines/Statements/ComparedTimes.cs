using System.Text;

namespace TypedPipelines;

/// <summary>
/// The columns of a table by which a statement may choose rows for its window: the dates and instants that it names anywhere but in what it only shows,
/// the outermost list of what is selected, and what that is grouped and ordered by. One too many costs a run too many, and no more.
/// </summary>
internal static class ComparedTimes
{
    internal static IReadOnlyList<string> Of(SqlStatement statement, TableContract table)
    {
        HashSet<string> named = NamesIn(string.Concat(statement.Parts.Select(part => part.Text ?? " ")));
        return [.. Destinations.ChangedTimes.Of(table).Select(column => column.Name).Where(named.Contains)];
    }

    private static HashSet<string> NamesIn(string text)
    {
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int depth = 0;
        bool shown = false;
        string before = "";
        for (int i = 0; i < text.Length;)
        {
            char at = text[i];
            if (at is '"' or '[' or '`' or '\'')
            {
                string quoted = Quoted(text, ref i, at == '[' ? ']' : at);
                if (at != '\'' && !(shown && depth == 0))
                {
                    named.Add(quoted);
                }

                continue;
            }

            if (EndOfComment(text, i) is { } end)
            {
                i = end;
                continue;
            }

            if (IsOfWord(at))
            {
                int start = i;
                while (i < text.Length && IsOfWord(text[i]))
                {
                    i++;
                }

                string word = text[start..i];
                if (depth == 0)
                {
                    shown = Follows(shown, word, before);
                }

                before = word;
                if (!(shown && depth == 0))
                {
                    named.Add(word);
                }

                continue;
            }

            depth += at == '(' ? 1 : at == ')' ? -1 : 0;
            i++;
        }

        return named;
    }

    /// <summary>Whether what follows a word is only shown.</summary>
    private static bool Follows(bool shown, string word, string before) => word.ToUpperInvariant() switch
    {
        "SELECT" => true,
        "BY" => before.Equals("group", StringComparison.OrdinalIgnoreCase) || before.Equals("order", StringComparison.OrdinalIgnoreCase),
        "FROM" or "WHERE" or "HAVING" or "JOIN" or "ON" => false,
        _ => shown,
    };

    /// <summary>Where a comment that begins at a place ends; null where none begins.</summary>
    private static int? EndOfComment(string text, int at)
    {
        (string open, string close) = text[at] == '-' ? ("--", "\n") : ("/*", "*/");
        return string.CompareOrdinal(text, at, open, 0, open.Length) != 0 ? null
            : text.IndexOf(close, at + open.Length, StringComparison.Ordinal) is var end and >= 0 ? end + close.Length
            : text.Length;
    }

    /// <summary>What stands in quotes; two of them inside are one.</summary>
    private static string Quoted(string text, ref int i, char close)
    {
        var quoted = new StringBuilder();
        for (i++; i < text.Length; i++)
        {
            if (text[i] == close)
            {
                if (i + 1 < text.Length && text[i + 1] == close)
                {
                    i++;
                }
                else
                {
                    i++;
                    break;
                }
            }

            quoted.Append(text[i]);
        }

        return quoted.ToString();
    }

    private static bool IsOfWord(char at) => char.IsLetterOrDigit(at) || at is '_' or '$' or '#';
}
