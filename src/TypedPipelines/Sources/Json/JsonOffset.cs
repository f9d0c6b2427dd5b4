using System.Text.Json;

namespace TypedPipelines;

/// <summary>Whether a moment that the serializer can read says its offset from UTC.</summary>
internal static class JsonOffset
{
    private const int LengthOfDate = 10;

    /// <summary>The longest form that the serializer reads, with every character escaped.</summary>
    private const int MostBytes = 6 * 64;

    internal static bool IsWritten(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
        {
            return IsWritten(reader.ValueSpan);
        }

        Span<byte> text = stackalloc byte[MostBytes];
        return IsWritten(text[..reader.CopyString(text)]);
    }

    private static bool IsWritten(ReadOnlySpan<byte> text) => text.Length > LengthOfDate && text[LengthOfDate..].ContainsAny("Z+-"u8);
}
