using System.Text.Json;

namespace TypedPipelines;

/// <summary>Finds out which form a JSON file has.</summary>
internal static class JsonValues
{
    private const int MostWhiteSpace = 64 * 1024;

    internal static IJsonValues Open(string source, FilePath path, Stream content)
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

            var whole = new ConcatenatedStream(start, content);
            return first == '[' ? new JsonArray(source, path, whole) : new JsonLines(source, path, whole);
        }
        catch (Exception e) when (SourceFile.IsUnreadable(e))
        {
            content.Dispose();
            throw SourceFile.Unreadable(source, path, e);
        }
    }

    /// <summary>A file that is broken as a whole.</summary>
    internal static PipelineException Broken(string source, FilePath path, string place, JsonException cause) => new(
        FailureKind.Source,
        $"source {source}: {path.Origin}{place} is not JSON: {cause.Message.TrimEnd('.')}",
        "Mend the file, or deliver it again as a whole, and run the partition again.",
        cause);
}
