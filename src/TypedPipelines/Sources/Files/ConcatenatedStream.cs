namespace TypedPipelines;

/// <summary>Streams one behind the other, to be read as one.</summary>
internal sealed class ConcatenatedStream(params Stream[] streams) : Stream
{
    private int _at;

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
        while (_at < streams.Length && !buffer.IsEmpty)
        {
            if (streams[_at].Read(buffer) is > 0 and int read)
            {
                return read;
            }

            _at++;
        }

        return 0;
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
            foreach (Stream stream in streams)
            {
                stream.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
