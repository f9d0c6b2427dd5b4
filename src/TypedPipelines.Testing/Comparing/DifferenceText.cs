using System.Text;

namespace TypedPipelines.Testing;

/// <summary>
/// A difference as people read it: expected rows with a minus, found ones with a plus, columns aligned, and in rows that are there with other values those in brackets.
/// </summary>
internal static class DifferenceText
{
    private const int MostRows = 20;
    private const int WidestCell = 40;

    internal static string Of(string table, IReadOnlyList<string> columns, TableDifference difference)
    {
        var lines = new List<(string Mark, string[] Cells)>();
        foreach (ChangedRow row in difference.Changed.Take(MostRows))
        {
            lines.Add(("-", Show(row.Expected, row.Columns)));
            lines.Add(("+", Show(row.Actual, row.Columns)));
        }

        lines.AddRange(difference.Missing.Take(MostRows).Select(row => ("-", Show(row, []))));
        lines.AddRange(difference.Extra.Take(MostRows).Select(row => ("+", Show(row, []))));
        int[] widths = [.. columns.Select((name, i) => Math.Max(name.Length, lines.Max(line => line.Cells[i].Length)))];
        var text = new StringBuilder()
            .Append("The table ").Append(table).Append(" is not as expected: ").Append(Count(difference)).AppendLine(" (- expected, + found)")
            .AppendLine(Line(" ", columns, widths));
        foreach ((string mark, string[] cells) in lines)
        {
            text.AppendLine(Line(mark, cells, widths));
        }

        int left = Math.Max(0, difference.Changed.Count - MostRows) + Math.Max(0, difference.Missing.Count - MostRows) + Math.Max(0, difference.Extra.Count - MostRows);
        return (left == 0 ? text : text.Append("  and ").Append(left).Append(" more")).ToString().TrimEnd();
    }

    private static string Count(TableDifference difference)
    {
        string[] counts =
        [
            .. Part(difference.Changed.Count, "with other values"),
            .. Part(difference.Missing.Count, "missing"),
            .. Part(difference.Extra.Count, "too many"),
            .. Part(difference.Same, "as expected"),
        ];
        return string.Join(", ", counts);

        static IEnumerable<string> Part(int rows, string what) => rows == 0 ? [] : [$"{rows} {what}"];
    }

    private static string[] Show(object?[] row, IReadOnlyList<int> differing) =>
        [.. row.Select((value, i) => differing.Contains(i) ? $"[{Show(value)}]" : Show(value))];

    private static string Show(object? value)
    {
        string shown = value is byte[] bytes ? "0x" + Convert.ToHexString(bytes) : Quote.Value(value);
        return shown.Length <= WidestCell ? shown : shown[..(WidestCell - 1)] + "…";
    }

    private static string Line(string mark, IReadOnlyList<string> cells, int[] widths) =>
        $"  {mark} {string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i])))}".TrimEnd();
}
