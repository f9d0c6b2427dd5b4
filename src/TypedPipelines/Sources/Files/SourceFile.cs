using System.Text;

namespace TypedPipelines;

/// <summary>A file of a source, opened to be read as UTF-8, whatever it is compressed with and encoded in.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="source">The source, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding; null for UTF-8, or what a byte order mark says.</param>
    /// <exception cref="PipelineException">It cannot be opened.</exception>
    internal static Stream Open(string source, FilePath path, Encoding? encoding)
    {
        FileStream? file = null;
        try
        {
            // What reads it has a buffer of its own. FileShare.Read keeps out of a file that is still being written, where the system allows it.
            file = new FileStream(path.FullPath, new FileStreamOptions { Share = FileShare.Read, Options = FileOptions.SequentialScan, BufferSize = 0 });
            return Decode(Unpack(file), encoding);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            file?.Dispose();
            throw Unreadable(source, path, e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Whether an exception says that a file cannot be read, or is not what it was opened as.</summary>
    internal static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException;

    internal static PipelineException Unreadable(string source, FilePath path, Exception cause) => new(
        FailureKind.Source,
        $"source {source} cannot read {path.Origin} ({path.FullPath}): {cause.Message.TrimEnd('.')}",
        cause is DecoderFallbackException
            ? "The file is not in the encoding that is declared, or that its byte order mark says: correct the declaration or deliver the file again."
            : cause is InvalidDataException
            ? "Deliver the file again as a whole, and run the partition again; whoever delivers files should write under a hidden name (.orders.csv.gz) and rename."
            : "Check that the file is complete, that nothing holds it open for writing, and that this account may read it; then run the partition again.",
        cause);

    /// <summary>By its first bytes, not its name: what was compressed is not always called so.</summary>
    private static Stream Unpack(FileStream file)
    {
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> start = stackalloc byte[2];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..length] is [0x1F, 0x8B] ? new CompleteGzipStream(file) : file;
    }

    private static Stream Decode(Stream content, Encoding? declared)
    {
        var start = new byte[4];
        int length = content.CanSeek || content is CompleteGzipStream ? content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) : 0;
        Encoding? encoding = declared ?? OfMark(start.AsSpan(0, length));
        if (content.CanSeek)
        {
            content.Position = 0;
        }
        else if (length > 0)
        {
            content = new ConcatenatedStream(new MemoryStream(start, 0, length), content);
        }

        return encoding is null or UTF8Encoding ? content : Encoding.CreateTranscodingStream(content, Strict(encoding), Encoding.UTF8);
    }

    private static Encoding? OfMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>The encoding as it is, but what it cannot decode is an error: else values would change without a word.</summary>
    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }
}
