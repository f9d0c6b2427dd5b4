using System.Globalization;
using TypedPipelines.Cli.Json;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Rows in quarantine for another tool: as CSV, or one JSON document in a line.</summary>
internal static class RejectExport
{
    private const string Header = "pipeline,partition,run_id,rejected_at,source,origin,line,column,value,reason,raw";

    internal static void WriteCsv(TextWriter writer, IEnumerable<RejectEntry> rejects)
    {
        writer.Write(Header + "\n");
        foreach (RejectEntry entry in rejects)
        {
            Reject reject = entry.Reject;
            string?[] fields =
            [
                entry.Pipeline, entry.Partition, entry.RunId.ToString("D"), entry.RejectedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture), reject.Source,
                reject.Origin, reject.Line?.ToString(CultureInfo.InvariantCulture), reject.Column, reject.Value, reject.Reason, reject.Raw,
            ];
            writer.Write(string.Join(',', fields.Select(Field)) + "\n");
        }
    }

    internal static void WriteJsonLines(TextWriter writer, IEnumerable<RejectEntry> rejects)
    {
        foreach (RejectEntry entry in rejects)
        {
            writer.Write(System.Text.Json.JsonSerializer.Serialize(RejectsDocument.Row.Of(entry), CliJson.InALine.Row) + "\n");
        }
    }

    /// <summary>Nothing is null; an empty text is quoted.</summary>
    private static string Field(string? text) => text is null ? ""
        : text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n") < 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
