using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TypedPipelines;

/// <summary>Reads a page to its end, and takes it for whole only where it is.</summary>
internal static class PageContent
{
    /// <summary>The largest page, in bytes: it is held in memory, since only a whole page can be asked for again without reading rows twice.</summary>
    internal const int MostBytes = 64 * 1024 * 1024;

    internal static async ValueTask<PageAttempt> ReadAsync(Uri requested, Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string[] links = response.Headers.TryGetValues("Link", out IEnumerable<string>? found) ? [.. found] : [];
        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent)
        {
            return PageAttempt.Arrived(new HttpPage(requested, address, links, null, 0));
        }

        if (await ReadBytesAsync(response.Content, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return PageAttempt.Failed("is larger than 64 MiB, the most that is read at once", "Ask the service for smaller pages, or for a shorter window.");
        }

        UInt128 hash = BitConverter.ToUInt128(SHA256.HashData(bytes.Span));
        try
        {
            if (!response.Content.IsUtf8(out Encoding? encoding))
            {
                bytes = Encoding.Convert(encoding, Encoding.UTF8, bytes.ToArray());
            }

            return TryParse(bytes.Span, out JsonDocument? content)
                ? PageAttempt.Arrived(new HttpPage(requested, address, links, content, hash))
                : PageAttempt.MayPassLater(bytes.IsEmpty ? "answered with nothing" : "ends in the middle: it was cut off");
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or ArgumentException)
        {
            return PageAttempt.Failed(
                $"is not JSON: {e.Message.TrimEnd('.')}",
                bytes.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
                    ? "It begins with '<': most likely it is a page for people, such as one that asks to log in. Check the address and the credentials of the HttpClient."
                    : "Look at what the service answers to that address; then run the partition again.",
                e);
        }
    }

    /// <summary>Reads the content; null where it is larger than what is read.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var whole = new ArrayBufferWriter<byte>(content.Headers.ContentLength is > 0 and <= MostBytes and var length ? (int)length : 64 * 1024);
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(whole.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false)) > 0)
            {
                whole.Advance(read);
                if (whole.WrittenCount > MostBytes)
                {
                    return null;
                }
            }
        }

        return whole.WrittenMemory;
    }

    /// <summary>Parses a page; false where it ends before its value does.</summary>
    /// <exception cref="JsonException">It is not JSON, however it went on.</exception>
    private static bool TryParse(ReadOnlySpan<byte> bytes, out JsonDocument? content)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        if (!JsonDocument.TryParseValue(ref reader, out content))
        {
            return false;
        }

        if (bytes[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t\r\n"u8))
        {
            content.Dispose();
            throw new JsonException("there is more behind its value");
        }

        return true;
    }

    private static bool IsUtf8(this HttpContent content, out Encoding encoding)
    {
        string? name = content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' ');
        encoding = string.IsNullOrEmpty(name)
            ? Encoding.UTF8
            : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return encoding is UTF8Encoding or ASCIIEncoding;
    }
}
