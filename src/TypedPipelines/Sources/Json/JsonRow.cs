using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>What holds for a row of JSON wherever it comes from.</summary>
internal static class JsonRow
{
    /// <summary>A value that lacks what the type requires must not pass as one that says so: by default, the serializer fills in zeros and nulls.</summary>
    internal static JsonTypeInfo<TRow> Strict<TRow>(JsonTypeInfo<TRow> type)
    {
        if (type.Options is { RespectNullableAnnotations: true, RespectRequiredConstructorParameters: true } || type.Options.TypeInfoResolver is null)
        {
            return type;
        }

        var options = new JsonSerializerOptions(type.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
        return (JsonTypeInfo<TRow>)options.GetTypeInfo(typeof(TRow));
    }

    /// <summary>The member at fault; null where it is the value as a whole.</summary>
    internal static string? Member(JsonException exception) => exception.Path is null or "$" ? null : exception.Path;

    /// <summary>What is wrong, without the place, which the reject has by itself.</summary>
    internal static string Reason(JsonException exception) => $"cannot be read: {WithoutPlace(exception.Message)}";

    /// <summary>A message of the serializer, or of its reader, without the place: that is one in a buffer.</summary>
    internal static string WithoutPlace(string message)
    {
        int place = message.IndexOf(" Path: ", StringComparison.Ordinal);
        place = place < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : place;
        return (place < 0 ? message : message[..place]).TrimEnd('.');
    }
}
