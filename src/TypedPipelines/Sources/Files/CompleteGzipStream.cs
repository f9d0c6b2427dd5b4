using System.IO.Compression;
using System.Security.Cryptography;

namespace TypedPipelines;

/// <summary>
/// The content of a gzip file, which ends with an error where the file does not end as it should: <see cref="GZipStream"/> takes a file that
/// was cut off for a shorter one, and passes over whatever is behind it. Behind the file it is given one more member that holds a mark; only after
/// a whole file does the content end with that mark, which is then left out.
/// </summary>
internal sealed class CompleteGzipStream : Stream
{
    private const int MarkLength = 32;
    private const string CutOff = "the gzip file ends in the middle: it was cut off, or is damaged near its end";

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly GzipInput _file;
    private readonly GZipStream _content;

    /// <summary>Read and not given yet: at least as much as could be the mark.</summary>
    private readonly byte[] _held = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    internal CompleteGzipStream(FileStream file)
    {
        _file = new GzipInput(file, Compress(_mark));
        _content = new GZipStream(_file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (!_ended && _end - _start <= MarkLength)
        {
            Fill();
        }

        int given = Math.Min(buffer.Length, _end - _start - (_ended ? 0 : MarkLength));
        _held.AsSpan(_start, given).CopyTo(buffer);
        _start += given;
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _held.AsSpan(_start.._end).CopyTo(_held);
        _end -= _start;
        _start = 0;
        int read = Decompress();
        _end += read;
        if (read > 0)
        {
            return;
        }

        if (_file.IsInMark)
        {
            if (_end < MarkLength || !_held.AsSpan(_end - MarkLength, MarkLength).SequenceEqual(_mark))
            {
                throw new InvalidDataException(CutOff);
            }

            _end -= MarkLength;
        }
        else if (!_file.IsInZeros)
        {
            throw new InvalidDataException("its gzip content ends before the file does, and what follows is no gzip");
        }

        _ended = true;
    }

    private int Decompress()
    {
        try
        {
            return _content.Read(_held.AsSpan(_end));
        }
        catch (InvalidDataException e)
        {
            // What is cut off goes on with the zeros or the mark as if these were its content.
            throw new InvalidDataException(_file.IsInMark || _file.IsInZeros ? CutOff : $"its gzip content is damaged: {e.Message}", e);
        }
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
