using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>
/// Enums, read as the row type's own options say, and held to their members: the serializer takes any number for one. It is a converter of
/// objects, for one of the enum's type could only be made by reflection.
/// </summary>
internal sealed class JsonEnums(JsonSerializerOptions own) : JsonConverter<object>
{
    /// <summary>Enums that the serializer reads, also where they may be null; a converter of the user's decides for itself.</summary>
    public override bool CanConvert(Type typeToConvert) =>
        EnumOf(typeToConvert).IsEnum && own.TryGetTypeInfo(typeToConvert, out JsonTypeInfo? type) && type.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        object? value;
        try
        {
            value = JsonSerializer.Deserialize(ref reader, own.GetTypeInfo(typeToConvert));
        }
        catch (JsonException e)
        {
            throw new JsonException(JsonRow.WithoutPlace(e.Message)); // Its path begins at the enum; one without a path is given that in the row.
        }

        return Member(EnumOf(typeToConvert), value, ref reader);
    }

    /// <summary>The key of a dictionary. A name that the converter gives is one of its values, in quotes; else it is that of a member, or its number.</summary>
    public override object ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string name = reader.GetString()!;
        try
        {
            return Member(typeToConvert, JsonSerializer.Deserialize($"\"{JsonEncodedText.Encode(name)}\"", own.GetTypeInfo(typeToConvert)), ref reader);
        }
        catch (JsonException e) when (e is not JsonValueException)
        {
            return Member(typeToConvert, Enum.TryParse(typeToConvert, name, own.PropertyNameCaseInsensitive, out object? value) ? value : null, ref reader);
        }
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, own.GetTypeInfo(value.GetType()));

    private static Type EnumOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static object Member(Type type, object? value, ref Utf8JsonReader reader)
    {
        if (value is not null && (Enum.IsDefined(type, value) || (type.IsDefined(typeof(FlagsAttribute), false) && IsMadeOfMembers(type, value))))
        {
            return value;
        }

        string[] names = Enum.GetNames(type);
        throw new JsonValueException(
            JsonValueException.ValueAt(ref reader),
            $"is not a member of {type.Name} ({string.Join(", ", names.Take(20))}{(names.Length > 20 ? ", …" : "")})");
    }

    /// <summary>Whether a value of flags is one that its members give together: its text is a number where it is not.</summary>
    private static bool IsMadeOfMembers(Type type, object value) => Enum.Format(type, value, "F") is [var first, ..] && !char.IsAsciiDigit(first) && first != '-';
}
