using System.Runtime.InteropServices;

namespace TypedPipelines.Destinations;

/// <summary>Hashes the keys of rows as a destination would write them: what is one key there has one hash. Every part counts by its length and its place.</summary>
internal struct KeyHashWriter(KeyHashes hashes, bool[] isKey) : IRowWriter
{
    private const ulong Null = 0x9E37_79B9_7F4A_7C15;
    private const ulong Seed = 0xA076_1D64_78BD_642F;
    private const ulong Multiplier = 0xE703_7ED1_A0B4_28DB;

    private int _column;
    private ulong _hash;
    private bool _isRepeated;

    internal readonly bool AreDistinct => !_isRepeated;

    public void BeginRow()
    {
        _column = 0;
        _hash = Seed;
    }

    public void EndRow() => _isRepeated |= !hashes.TryAdd(_hash);

    public void WriteNull()
    {
        if (isKey[_column++])
        {
            Mix(Null);
        }
    }

    public void Write(bool value) => Add(value ? 1 : 0);

    public void Write(short value) => Add(value);

    public void Write(int value) => Add(value);

    public void Write(long value) => Add(value);

    public void Write(float value) => Add(BitConverter.SingleToInt32Bits(value));

    public void Write(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    /// <summary>1.0 and 1.00 are one number.</summary>
    public void Write(decimal value, int precision, int scale)
    {
        if (isKey[_column++])
        {
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(Shortest(value), bits);
            Mix((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
            Mix((uint)bits[2] | ((ulong)(uint)bits[3] << 32));
        }
    }

    public void Write(DateOnly value) => Add(value.DayNumber);

    public void Write(TimeOnly value) => Add(value.Ticks);

    public void Write(DateTime value) => Add(value.Ticks);

    public void Write(DateTimeOffset value) => Add(value.UtcTicks);

    public void Write(Guid value) => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in value)));

    public void Write(string value) => Add(MemoryMarshal.AsBytes(value.AsSpan()));

    public void Write(byte[] value) => Add(value);

    /// <summary>Without zeros at its end: a division by one takes them away. Zero has no sign.</summary>
    private static decimal Shortest(decimal value) => value == 0 ? 0 : value / 1.0000000000000000000000000000m;

    private void Add(long value)
    {
        if (isKey[_column++])
        {
            Mix((ulong)value);
        }
    }

    private void Add(ReadOnlySpan<byte> value)
    {
        if (!isKey[_column++])
        {
            return;
        }

        Mix((ulong)value.Length);
        for (; value.Length >= sizeof(ulong); value = value[sizeof(ulong)..])
        {
            Mix(MemoryMarshal.Read<ulong>(value));
        }

        if (!value.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[sizeof(ulong)];
            rest.Clear();
            value.CopyTo(rest);
            Mix(MemoryMarshal.Read<ulong>(rest));
        }
    }

    private void Mix(ulong value)
    {
        ulong high = Math.BigMul(_hash ^ value, Multiplier, out ulong low);
        _hash = high ^ low ^ (_hash << 1);
    }
}
