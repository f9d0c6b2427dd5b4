using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>Dates and times: with an offset they become UTC, as in every source; the serializer makes them times of the machine's zone.</summary>
internal sealed class JsonDateTimes : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        DateTime value = reader.GetDateTime();
        return JsonOffset.IsWritten(ref reader) ? reader.GetDateTimeOffset().UtcDateTime : value;
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
