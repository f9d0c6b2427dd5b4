using System.Text;
using System.Text.Json;

namespace TypedPipelines;

/// <summary>A value that the serializer would take, or change without a word, and that its member must not have.</summary>
internal sealed class JsonValueException(string value, string reason) : JsonException(reason)
{
    /// <summary>The value, as it was found.</summary>
    internal string Value => value;

    /// <summary>The text or number that a reader is at.</summary>
    internal static string ValueAt(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
        ? reader.GetString()!
        : Encoding.UTF8.GetString(reader.ValueSpan);
}
