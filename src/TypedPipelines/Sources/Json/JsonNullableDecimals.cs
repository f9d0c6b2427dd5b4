using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>The same of decimals that may be null, for one member alone.</summary>
internal sealed class JsonNullableDecimals(JsonConverter<decimal> decimals) : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : decimals.Read(ref reader, typeof(decimal), options);

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } some)
        {
            decimals.Write(writer, some, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
