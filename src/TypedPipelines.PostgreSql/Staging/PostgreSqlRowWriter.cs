using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Writes rows in the binary form of COPY: for each the number of its fields, for each field its length and its bytes, most
/// significant first. What PostgreSQL cannot hold exactly is refused.
/// </summary>
internal ref struct PostgreSqlRowWriter : IRowWriter
{
    /// <summary>PostgreSQL holds at most a gigabyte in one value.</summary>
    private const int LongestValue = 1_000_000_000;

    /// <summary>UTF-8 has at most so many bytes for a UTF-16 code unit.</summary>
    private const int MostBytesPerChar = 3;

    private const int LengthSize = sizeof(int);

    private readonly CopyBuffer _buffer;
    private readonly ReadOnlySpan<bool> _nullable;
    private Span<byte> _memory;
    private int _at;
    private int _row;
    private int _column;

    internal PostgreSqlRowWriter(CopyBuffer buffer, ReadOnlySpan<bool> nullable)
    {
        _buffer = buffer;
        _nullable = nullable;
        _memory = buffer.Memory;
        _at = buffer.Length;
        _row = -1;
    }

    /// <summary>Hands the rows written to the buffer; without it they never were.</summary>
    internal readonly void Complete() => _buffer.Length = _at;

    public void BeginRow()
    {
        _row++;
        _column = 0;
        Reserve(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(_memory[_at..], (short)_nullable.Length);
        _at += sizeof(short);
    }

    public readonly void EndRow()
    {
    }

    public void WriteNull()
    {
        if (!_nullable[_column])
        {
            throw Refuse("must not be null");
        }

        Reserve(LengthSize);
        BinaryPrimitives.WriteInt32BigEndian(_memory[_at..], -1);
        _at += LengthSize;
        _column++;
    }

    public void Write(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    public void Write(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(sizeof(short)), value);

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);

    public void Write(float value) => BinaryPrimitives.WriteSingleBigEndian(Field(sizeof(float)), value);

    public void Write(double value) => BinaryPrimitives.WriteDoubleBigEndian(Field(sizeof(double)), value);

    public void Write(decimal value, int precision, int scale)
    {
        Reserve(LengthSize + NumericEncoding.Longest);
        int length = NumericEncoding.Write(value, precision, scale, _memory[(_at + LengthSize)..]);
        if (length < 0)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"does not fit decimal({precision},{scale}) without rounding"));
        }

        EndField(length);
    }

    public void Write(DateOnly value) => Write(value.DayNumber - PostgreSqlTime.EpochDay);

    public void Write(TimeOnly value) => Write(Microseconds(value.Ticks));

    public void Write(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw Refuse($"is a DateTime of kind {value.Kind}, which names no instant; make it UTC in a step");
        }

        Write(Microseconds(value.Ticks - PostgreSqlTime.EpochTicks));
    }

    public void Write(DateTimeOffset value) => Write(value.UtcDateTime);

    public void Write(Guid value) => value.TryWriteBytes(Field(16), bigEndian: true, out _);

    public void Write(string value)
    {
        if (value.Length > LongestValue / MostBytesPerChar)
        {
            throw Refuse("is longer than PostgreSQL holds");
        }

        Reserve(LengthSize + (value.Length * MostBytesPerChar));
        OperationStatus status = Utf8.FromUtf16(value, _memory[(_at + LengthSize)..], out _, out int length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            throw Refuse("holds half of a surrogate pair, which is no text in UTF-8");
        }

        if (_memory.Slice(_at + LengthSize, length).Contains((byte)0))
        {
            throw Refuse("holds the character NUL, which no text of PostgreSQL can");
        }

        EndField(length);
    }

    public void Write(byte[] value)
    {
        if (value.Length > LongestValue)
        {
            throw Refuse("is longer than PostgreSQL holds");
        }

        value.CopyTo(Field(value.Length));
    }

    private readonly long Microseconds(long ticks)
    {
        (long microseconds, long rest) = Math.DivRem(ticks, PostgreSqlTime.TicksPerMicrosecond);
        return rest == 0 ? microseconds : throw Refuse("is finer than the microseconds that PostgreSQL keeps, and is not rounded");
    }

    /// <summary>Begins and ends a field of known length.</summary>
    /// <returns>Its bytes, to be filled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Field(int length)
    {
        Reserve(LengthSize + length);
        Span<byte> field = _memory.Slice(_at + LengthSize, length);
        EndField(length);
        return field;
    }

    /// <summary>Ends a field whose bytes stand behind the place for its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndField(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_memory[_at..], length);
        _at += LengthSize + length;
        _column++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int needed)
    {
        if (_memory.Length - _at < needed)
        {
            Grow(needed);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        _buffer.Grow(_at, needed);
        _memory = _buffer.Memory;
    }

    private readonly RowWriteException Refuse(string reason) => new(_row, _column, reason);
}
