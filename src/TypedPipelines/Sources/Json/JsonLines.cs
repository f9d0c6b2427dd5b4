using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>A file with a JSON value on each line; blank lines are passed over.</summary>
internal sealed class JsonLines(string source, FilePath path, Stream content) : IJsonValues
{
    /// <summary>The longest line, in bytes.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private Range _line;
    private bool _ended;

    public FilePath Path => path;

    public long Position { get; private set; }

    public string Text => Encoding.UTF8.GetString(_buffer.AsSpan(_line));

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (NextLine())
        {
            Position++;
            if (_buffer.AsSpan(_line).ContainsAnyExcept(" \t\r"u8))
            {
                return new ValueTask<bool>(true);
            }
        }

        return new ValueTask<bool>(false);
    }

    public TRow? Current<TRow>(JsonTypeInfo<TRow> type) => JsonSerializer.Deserialize(_buffer.AsSpan(_line), type);

    public ValueTask DisposeAsync() => content.DisposeAsync();

    private bool NextLine()
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _line = _start..(_start + searched + end);
                _start += searched + end + 1;
                return true;
            }

            searched = _end - _start;
            if (_ended)
            {
                _line = _start.._end;
                _start = _end;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_end >= MostBytes)
            {
                throw new PipelineException(
                    FailureKind.Source,
                    string.Create(CultureInfo.InvariantCulture, $"source {source}: {path.Origin}:{Position + 1}: the line is longer than 16 MiB, the most that is read"),
                    "Check that the file has a value on each line, or is one array.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = content.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }
}
