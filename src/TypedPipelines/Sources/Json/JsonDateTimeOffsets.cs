using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>Moments with their offsets: the serializer takes one without for a moment of the machine's time zone.</summary>
internal sealed class JsonDateTimeOffsets : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        DateTimeOffset value = reader.GetDateTimeOffset();
        return JsonOffset.IsWritten(ref reader)
            ? value
            : throw new JsonValueException(JsonValueException.ValueAt(ref reader), "is not a date and time with an offset of the form yyyy-MM-ddTHH:mm:ss+00:00 or …Z");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
