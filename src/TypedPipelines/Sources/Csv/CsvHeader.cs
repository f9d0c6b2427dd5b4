namespace TypedPipelines;

/// <summary>Finds the columns of a contract in the header of a file.</summary>
internal static class CsvHeader
{
    private const int MostNamesShown = 60;

    /// <summary>Gives, for every column of the contract, the position of its field.</summary>
    /// <param name="place">The source, file and line, for messages.</param>
    /// <param name="columns">The columns of the contract.</param>
    /// <param name="header">The names in the file.</param>
    /// <param name="separator">The separator that the header was split by.</param>
    /// <param name="names">What the file's name says: such a column is not in the header, and its position is the complement of that in this list.</param>
    /// <exception cref="PipelineException">A column is missing, or there twice.</exception>
    internal static int[] Map(string place, IReadOnlyList<string> columns, string[] header, char separator, IReadOnlyList<NameValue> names)
    {
        string[] keys = [.. header.Select(Key)];
        int[] fields = new int[columns.Count];
        var missing = new List<string>();
        for (int i = 0; i < fields.Length; i++)
        {
            string key = Key(columns[i]);
            fields[i] = Array.IndexOf(keys, key);
            if (names.Index().FirstOrDefault(named => Key(named.Item.Name) == key, (-1, default)) is (>= 0 and var index, var named))
            {
                if (fields[i] >= 0)
                {
                    throw new PipelineException(
                        FailureKind.Source,
                        $"{place}: column {columns[i]} is both in the header and in the file's name, as {{{named.Name}}}",
                        "Only one of them can be meant: give the placeholder another name.");
                }

                fields[i] = ~index;
                continue;
            }

            if (fields[i] < 0)
            {
                missing.Add(columns[i]);
                continue;
            }

            int again = Array.IndexOf(keys, key, fields[i] + 1);
            if (again >= 0)
            {
                throw new PipelineException(
                    FailureKind.Source,
                    $"{place}: columns {fields[i] + 1} ({Quote.Text(header[fields[i]])}) and {again + 1} ({Quote.Text(header[again])}) both match column {columns[i]}",
                    "Only one of them can be meant: rename the other in the file.");
            }
        }

        return missing.Count == 0 ? fields : throw Missing(place, missing, header, separator);
    }

    private static PipelineException Missing(string place, List<string> missing, string[] header, char separator) => new(
        FailureKind.Source,
        $"{place}: the header has no column {string.Join(", ", missing)}; its columns are {string.Join(", ", header.Take(MostNamesShown).Select(Quote.Text))}{(header.Length > MostNamesShown ? ", …" : "")}",
        $"{(header[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? "The first line is a note to a spreadsheet program, and no header: remove it. " : "")}{HintAtSeparator(header, separator)}{string.Concat(missing.Select(column => HintAtName(column, header)))}Every column of the row type must be in the header (case, underscores, spaces and hyphens do not matter): add it to the file, or give the member the name that the file uses.");

    private static string HintAtSeparator(string[] header, char separator)
    {
        if (header.Length == 1)
        {
            foreach (char other in ",;\t|")
            {
                if (other != separator && header[0].Contains(other, StringComparison.Ordinal))
                {
                    return $"The header looks as if it were separated by {Quote.Text(other.ToString())}: set Separator on the CsvFiles. ";
                }
            }
        }

        return "";
    }

    private static string HintAtName(string column, string[] header)
    {
        string key = Key(column);
        string? nearest = header.MinBy(name => Distance(key, Key(name)));
        return nearest is not null && Distance(key, Key(nearest)) <= Math.Max(1, key.Length / 4)
            ? $"Did you mean {Quote.Text(nearest)} for {column}? "
            : "";
    }

    /// <summary>A name as it is compared: writers of files rarely agree with C# on case and on what joins words.</summary>
    internal static string Key(string name) => string.Concat(name.Where(c => c is not ('_' or ' ' or '-')).Select(char.ToUpperInvariant));

    /// <summary>The edit distance (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
