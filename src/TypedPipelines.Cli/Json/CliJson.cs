using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines.Cli.Json;

/// <summary>The documents of <c>--json</c>, written without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(RejectsDocument))]
[JsonSerializable(typeof(ChecksDocument))]
[JsonSerializable(typeof(RejectCountsDocument))]
[JsonSerializable(typeof(RejectsDocument.Row))]
[JsonSerializable(typeof(LateDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(ExplanationDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(UndoDocument))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>With quotes and letters as themselves: the documents go to a terminal or a tool, never into a web page.</summary>
    internal static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same without line breaks: one document in a line.</summary>
    internal static CliJson InALine { get; } = new(new JsonSerializerOptions(Readable.Options) { WriteIndented = false });

    /// <summary>Writes a document.</summary>
    internal static void Write<T>(TextWriter writer, T document, JsonTypeInfo<T> type) => writer.WriteLine(JsonSerializer.Serialize(document, type));

    /// <summary>An enum's value in a document.</summary>
    internal static string Camel<T>(T value)
        where T : struct, Enum => Camel(Enum.GetName(value) ?? "");

    /// <summary>A stable name in a document.</summary>
    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
