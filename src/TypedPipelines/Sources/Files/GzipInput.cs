namespace TypedPipelines;

/// <summary>
/// A gzip file as its decompressor gets it, with a mark behind it. Zeros at the end may belong to the last member, whose own end has some as a
/// rule, or be the padding of a tape or a block: they are given one by one, so that the decompressor takes those it needs and stops at the first
/// that it does not.
/// </summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="mark">What is given behind it.</param>
internal sealed class GzipInput(FileStream file, byte[] mark) : Stream
{
    /// <summary>More zeros than a member can end with.</summary>
    private const int MostSingleZeros = 64;

    private readonly long _zerosFrom = StartOfZeros(file);
    private long _given;
    private int _markGiven;

    /// <summary>Whether all of the file but zeros at its end was given, and at least one of these.</summary>
    internal bool IsInZeros => _given > _zerosFrom;

    /// <summary>Whether something of the mark was given.</summary>
    internal bool IsInMark => _markGiven > 0;

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
        long left = _zerosFrom - _given;
        int most = (int)Math.Min(buffer.Length, left > 0 ? left : _given < _zerosFrom + MostSingleZeros ? 1 : 0);
        if (most > 0 && file.Read(buffer[..most]) is > 0 and int read)
        {
            _given += read;
            return read;
        }

        int ofMark = Math.Min(buffer.Length, mark.Length - _markGiven);
        mark.AsSpan(_markGiven, ofMark).CopyTo(buffer);
        _markGiven += ofMark;
        return ofMark;
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
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static long StartOfZeros(FileStream file)
    {
        Span<byte> block = stackalloc byte[4096];
        long end = file.Length;
        while (end > 0)
        {
            int length = (int)Math.Min(block.Length, end);
            file.Position = end - length;
            file.ReadExactly(block[..length]);
            int last = block[..length].LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                end = end - length + last + 1;
                break;
            }

            end -= length;
        }

        file.Position = 0;
        return end;
    }
}
