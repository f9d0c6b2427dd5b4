using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>Reads elements that are valid JSON, whatever they are.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonElements : JsonSerializerContext;
