using System.Text;

namespace TypedPipelines.Cli.Rendering;

/// <summary>A table of plain text: the same on a terminal, in a log and in a mail, and easy to cut apart by columns.</summary>
/// <param name="columns">The headings; one that begins with <c>&gt;</c> stands, like its values, on the right.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [[.. columns.Select(column => column.TrimStart('>'))]];

    /// <summary>Adds a row.</summary>
    /// <param name="values">A value for each column.</param>
    internal void Add(params string[] values) => _rows.Add(values);

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    internal void Write(TextWriter writer)
    {
        int[] widths = [.. columns.Select((_, i) => _rows.Max(row => row[i].Length))];
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
            {
                line.Append(i == 0 ? "" : "  ").Append(columns[i].StartsWith('>') ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]));
            }

            writer.WriteLine(line.ToString().TrimEnd());
        }
    }
}
