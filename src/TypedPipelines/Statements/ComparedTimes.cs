using System.Text;

namespace TypedPipelines;

/// <summary>
/// The columns of a table by which a statement chooses rows for its window: the dates and instants that stand in one condition with a value that is one.
/// Where none does, all that the statement names. One too many costs a run too many, and no more.
/// </summary>
internal static class ComparedTimes
{
    private const char Value = '\u0001';

    private static readonly HashSet<string> Borders = new(StringComparer.OrdinalIgnoreCase)
    {
        "where", "and", "or", "on", "having", "when", "then", "else", "select", "from", "join", "union",
    };

    internal static IReadOnlyList<string> Of(SqlStatement statement, TableContract table)
    {
        string[] times = [.. Destinations.ChangedTimes.Of(table).Select(column => column.Name)];
        if (times.Length == 0 || !statement.Parts.Any(IsTime))
        {
            return [];
        }

        List<List<string>> conditions = ConditionsOf(statement);
        string[] compared = [.. times.Where(time => conditions.Exists(words => words.Contains(Value.ToString()) && Names(words, time)))];
        return compared.Length > 0 ? compared : [.. times.Where(time => conditions.Exists(words => Names(words, time)))];
    }

    private static bool IsTime(SqlPart part) => part.Value is { Type: ColumnType.Date or ColumnType.Instant };

    private static bool Names(List<string> words, string column) => words.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of each condition; a value that is a time is a word, too.</summary>
    private static List<List<string>> ConditionsOf(SqlStatement statement)
    {
        var conditions = new List<List<string>> { new() };
        var word = new StringBuilder();
        foreach (char at in string.Concat(statement.Parts.Select(part => part.Text ?? (IsTime(part) ? $" {Value} " : " "))).Append(' '))
        {
            if (char.IsLetterOrDigit(at) || at is '_' or '$' or '#' or Value)
            {
                word.Append(at);
                continue;
            }

            if (word.Length > 0)
            {
                if (Borders.Contains(word.ToString()))
                {
                    conditions.Add([]);
                }
                else
                {
                    conditions[^1].Add(word.ToString());
                }

                word.Clear();
            }
        }

        return conditions;
    }
}
