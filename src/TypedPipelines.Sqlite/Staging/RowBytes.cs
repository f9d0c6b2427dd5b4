namespace TypedPipelines.Sqlite;

/// <summary>The texts and bytes of one row, which stay where they are until it is inserted. Pinned, since SQLite reads them there.</summary>
internal sealed class RowBytes
{
    private readonly List<byte[]> _outgrown = [];
    private byte[] _bytes = Pinned(32 * 1024);
    private int _used;

    /// <summary>Forgets the row before.</summary>
    internal void Clear()
    {
        _used = 0;
        if (_outgrown.Count > 0)
        {
            _outgrown.Clear();
        }
    }

    /// <summary>Room for the next value.</summary>
    internal Span<byte> Room(int most)
    {
        if (_bytes.Length - _used < most)
        {
            Grow(most);
        }

        return _bytes.AsSpan(_used);
    }

    /// <summary>Keeps the beginning of that room.</summary>
    internal ReadOnlySpan<byte> Keep(int length)
    {
        ReadOnlySpan<byte> kept = _bytes.AsSpan(_used, length);
        _used += length;
        return kept;
    }

    /// <summary>What the row has so far stays where it is.</summary>
    private void Grow(int most)
    {
        _outgrown.Add(_bytes);
        _bytes = Pinned(Math.Max(most, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        _used = 0;
    }

    private static byte[] Pinned(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);
}
