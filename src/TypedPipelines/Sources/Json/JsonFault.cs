using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedPipelines;

/// <summary>
/// Where the syntax of an array is broken, found by reading the file once more: the reader of rows is ahead of what it gives, and counts from
/// wherever it is.
/// </summary>
internal static class JsonFault
{
    /// <summary>The error with its place; null where none is found, as when the file has changed.</summary>
    internal static PipelineException? Find(string source, FilePath path, Encoding? encoding)
    {
        try
        {
            using Stream content = SourceFile.Open(source, path, encoding);
            return Find(source, path, content);
        }
        catch (Exception e) when (e is PipelineException || SourceFile.IsUnreadable(e))
        {
            return null;
        }
    }

    private static PipelineException? Find(string source, FilePath path, Stream content)
    {
        var buffer = new byte[64 * 1024];
        int end = content.ReadAtLeast(buffer.AsSpan(0, 3), 3, throwOnEndOfStream: false);
        if (buffer is [0xEF, 0xBB, 0xBF, ..])
        {
            end = 0;
        }

        var state = new JsonReaderState();
        var at = new Place();
        var array = new Progress();
        bool isLast = false;
        while (true)
        {
            int read = isLast ? 0 : content.Read(buffer.AsSpan(end));
            end += read;
            isLast = read == 0;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, end), isLast, state);
            try
            {
                while (reader.Read())
                {
                    array.See(ref reader);
                }
            }
            catch (JsonException e)
            {
                (long line, long column) = at.Of(buffer.AsSpan(0, end), e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
                return JsonValues.Broken(source, path, string.Create(CultureInfo.InvariantCulture, $":{line}:{column}, {array},"), e);
            }

            if (isLast)
            {
                return null;
            }

            int consumed = (int)reader.BytesConsumed;
            state = reader.CurrentState;
            at.Pass(buffer.AsSpan(0, consumed));
            buffer.AsSpan(consumed..end).CopyTo(buffer);
            end -= consumed;
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>How far into the array the reader is.</summary>
    private struct Progress
    {
        private long _values;
        private bool _isInValue;
        private bool _hasEnded;

        internal void See(ref Utf8JsonReader reader)
        {
            bool begins = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            _hasEnded |= !begins && reader.CurrentDepth == 0;
            if (reader.CurrentDepth == 1 && reader.TokenType != JsonTokenType.PropertyName)
            {
                _isInValue = begins;
                _values += begins ? 0 : 1;
            }
        }

        public override readonly string ToString() => _hasEnded ? "behind the array's end"
            : _isInValue ? string.Create(CultureInfo.InvariantCulture, $"in its value {_values + 1}")
            : _values == 0 ? "before its first value"
            : string.Create(CultureInfo.InvariantCulture, $"behind its value {_values}");
    }

    /// <summary>A place in the file, by lines and characters instead of bytes.</summary>
    private struct Place
    {
        private long _line;
        private long _bytes;
        private long _characters;

        internal void Pass(ReadOnlySpan<byte> bytes)
        {
            foreach (byte one in bytes)
            {
                Pass(one);
            }
        }

        /// <summary>Line and column, from 1, of what the reader names by line and byte, from 0.</summary>
        internal readonly (long Line, long Column) Of(ReadOnlySpan<byte> next, long line, long position)
        {
            Place place = this;
            foreach (byte one in next)
            {
                if (place._line == line && place._bytes >= position)
                {
                    break;
                }

                place.Pass(one);
            }

            return (place._line + 1, place._characters + 1);
        }

        private void Pass(byte one)
        {
            if (one == '\n')
            {
                _line++;
                _bytes = 0;
                _characters = 0;
                return;
            }

            _bytes++;
            _characters += (one & 0xC0) == 0x80 ? 0 : 1;
        }
    }
}
