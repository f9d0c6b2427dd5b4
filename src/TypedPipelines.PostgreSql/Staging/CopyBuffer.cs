using System.Buffers;

namespace TypedPipelines.PostgreSql;

/// <summary>Rows in COPY's binary form, on their way to the server.</summary>
internal sealed class CopyBuffer : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(256 * 1024);

    internal int Length { get; set; }

    internal ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, Length);

    /// <summary>All of the memory, what is written included.</summary>
    internal Span<byte> Memory => _bytes;

    /// <summary>Makes room.</summary>
    internal void Grow(int written, int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(written + needed), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        _bytes.AsSpan(0, written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }
}
