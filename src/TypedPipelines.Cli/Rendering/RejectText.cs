using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Rows in quarantine as <c>rejects</c> shows them: where and why, then the row itself.</summary>
internal static class RejectText
{
    internal static void Write(TextWriter writer, RejectEntry entry)
    {
        Reject reject = entry.Reject;
        // file:line, as editors and terminals link it.
        string place = reject.Line is { } line ? $"{reject.Origin ?? reject.Source}:{Invariant.Text(line)}" : reject.Origin ?? reject.Source;
        string column = reject.Column is null ? "" : $"{reject.Column}{(reject.Value is null ? "" : $" = {Quoted(reject.Value)}")}: ";
        writer.WriteLine(Visible.Of($"{entry.Pipeline} {entry.Partition}  {place}  {column}{reject.Reason}"));
        writer.WriteLine(Visible.Of($"    {reject.Raw}"));
    }

    /// <summary>All that is known of one row: a line for each, and the row as it was found, with its own lines.</summary>
    internal static void WriteWhole(TextWriter writer, RejectEntry entry)
    {
        Reject reject = entry.Reject;
        writer.WriteLine(Visible.Of($"{entry.Pipeline} {entry.Partition}"));
        foreach ((string name, string? value) in new[]
        {
            ("reason", reject.Reason),
            ("by", reject.Source),
            ("from", reject.Origin),
            ("line", reject.Line is { } line ? Invariant.Text(line) : null),
            ("column", reject.Column),
            ("value", reject.Value is null ? null : Quoted(reject.Value)),
            ("run", entry.RunId.ToString()),
            ("at", Invariant.Text(entry.RejectedAt)),
        })
        {
            if (value is not null)
            {
                writer.WriteLine($"  {name,-8}{Visible.Of(value)}");
            }
        }

        writer.WriteLine("  row");
        foreach (string line in reject.Raw.ReplaceLineEndings("\n").Split('\n'))
        {
            writer.WriteLine($"    {Visible.Of(line)}");
        }
    }

    /// <summary>A source gives the text as it stood in the file, where nothing may look like nothing; a contract has quoted it already.</summary>
    private static string Quoted(string value) => value.Length > 1 && value.StartsWith('\'') && value.EndsWith('\'') ? value : $"'{value}'";
}
