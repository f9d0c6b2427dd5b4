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

    /// <summary>A source gives the text as it stood in the file, where nothing may look like nothing; a contract has quoted it already.</summary>
    private static string Quoted(string value) => value.Length > 1 && value.StartsWith('\'') && value.EndsWith('\'') ? value : $"'{value}'";
}
