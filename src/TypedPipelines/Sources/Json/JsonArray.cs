using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>A file that is one JSON array, read element by element and never held as a whole.</summary>
internal sealed class JsonArray : IJsonValues
{
    private readonly string _source;
    private readonly Stream _content;
    private readonly Encoding? _encoding;
    private readonly IAsyncEnumerator<JsonElement> _elements;

    internal JsonArray(string source, FilePath path, Stream content, Encoding? encoding)
    {
        _encoding = encoding;
        _source = source;
        Path = path;
        _content = content;
        _elements = JsonSerializer.DeserializeAsyncEnumerable(content, JsonElements.Default.JsonElement).GetAsyncEnumerator();
    }

    public FilePath Path { get; }

    public long Position { get; private set; }

    public string Text => _elements.Current.GetRawText();

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            bool found = await _elements.MoveNextAsync().ConfigureAwait(false);
            Position++;
            return found;
        }
        catch (JsonException e)
        {
            throw JsonFault.Find(_source, Path, _encoding) ?? JsonValues.Broken(_source, Path, string.Create(CultureInfo.InvariantCulture, $", after its value {Position},"), e);
        }
    }

    public TRow? Current<TRow>(JsonTypeInfo<TRow> type) => _elements.Current.Deserialize(type);

    public async ValueTask DisposeAsync()
    {
        await _elements.DisposeAsync().ConfigureAwait(false);
        await _content.DisposeAsync().ConfigureAwait(false);
    }
}
