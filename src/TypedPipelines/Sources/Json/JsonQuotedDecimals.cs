using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>
/// Lists and dictionaries of decimals, for a member that takes numbers in quotes: the serializer tells converters of its own alone, so these values are read with options that
/// take them everywhere. It is a converter of objects, for one of the list's type could only be made by reflection.
/// </summary>
internal sealed class JsonQuotedDecimals(JsonSerializerOptions quoted) : JsonConverter<object>
{
    /// <summary>Whether a type holds decimals and nothing else, however deep; what has members says by them how its numbers are written.</summary>
    internal static bool IsListOfDecimals(Type type) => ElementOf(type) is { } element && (IsDecimal(element) || IsListOfDecimals(element));

    public override bool CanConvert(Type typeToConvert) => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, quoted.GetTypeInfo(typeToConvert));
        }
        catch (JsonValueException e)
        {
            throw new JsonValueException(e.Value, JsonRow.WithoutPlace(e.Message)); // Its path begins at the list; one without a path is given that in the row.
        }
        catch (JsonException e)
        {
            throw new JsonException(JsonRow.WithoutPlace(e.Message));
        }
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, quoted.GetTypeInfo(value.GetType()));

    private static bool IsDecimal(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(decimal);

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1]
        : null;
}
