using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedPipelines;

/// <summary>Finds out which form a JSON file has.</summary>
internal static class JsonValues
{
    private const int MostWhiteSpace = 64 * 1024;

    /// <summary>Names that say that a file has a value on each line, or none.</summary>
    private static readonly string[] NamesOfLines = [".jsonl", ".ndjson", ".jsonlines"];

    internal static IJsonValues Open(string source, FilePath path, Stream content, JsonForm? form, Encoding? encoding)
    {
        try
        {
            // White space and a byte order mark may come first; they are read again.
            var start = new MemoryStream();
            int first;
            do
            {
                first = content.ReadByte();
                if (first >= 0)
                {
                    start.WriteByte((byte)first);
                }
            }
            while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF && start.Length < MostWhiteSpace);
            start.Position = 0;
            if (start.Length >= 3 && start.GetBuffer() is [0xEF, 0xBB, 0xBF, ..])
            {
                start.Position = 3;
            }

            if (first < 0 && (form ?? FormOf(path)) != JsonForm.Lines)
            {
                throw new PipelineException(
                    FailureKind.Source,
                    $"source {source}: {path.Origin} is empty",
                    "An array without values is []: most likely the file was not written to its end. Deliver it again. Where it is JSON Lines, which may be empty, call it .jsonl or set Form = JsonForm.Lines on the source.");
            }

            if (first != '[' && form == JsonForm.Array)
            {
                int line = 1 + start.GetBuffer().AsSpan(0, (int)start.Length).Count((byte)'\n');
                throw new PipelineException(
                    FailureKind.Source,
                    string.Create(CultureInfo.InvariantCulture, $"source {source}: {path.Origin}:{line} begins with {Quote.Text(((char)first).ToString())} and not with the '[' of an array"),
                    "Deliver an array, or take Form = JsonForm.Array off the source: JSON Lines have a value on each line.");
            }

            var whole = new ConcatenatedStream(start, content);
            return first == '[' && form != JsonForm.Lines ? new JsonArray(source, path, whole, encoding) : new JsonLines(source, path, whole);
        }
        catch (PipelineException)
        {
            content.Dispose();
            throw;
        }
        catch (Exception e) when (SourceFile.IsUnreadable(e))
        {
            content.Dispose();
            throw SourceFile.Unreadable(source, path, e);
        }
    }

    /// <summary>The form that a file's name says; null where it says none.</summary>
    private static JsonForm? FormOf(FilePath path)
    {
        string name = path.Origin.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path.Origin[..^3] : path.Origin;
        return NamesOfLines.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? JsonForm.Lines : null;
    }

    /// <summary>A file that is broken as a whole.</summary>
    internal static PipelineException Broken(string source, FilePath path, string place, JsonException cause) => new(
        FailureKind.Source,
        $"source {source}: {path.Origin}{place} is not JSON: {JsonRow.WithoutPlace(cause.Message)}",
        "Mend the file, or deliver it again as a whole, and run the partition again.",
        cause);
}
