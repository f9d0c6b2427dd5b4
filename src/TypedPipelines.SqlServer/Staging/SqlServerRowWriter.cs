using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedPipelines.SqlServer;

/// <summary>Writes rows into a buffer, each value beside those of its column. What SQL Server cannot hold exactly is refused.</summary>
internal ref struct SqlServerRowWriter : IRowWriter
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range('\ud800', 0x800).Select(unit => (char)unit)]);

    private readonly RowBuffer _buffer;
    private readonly ColumnBuffer[] _columns;
    private readonly bool _isBabelfish;
    private long _bytes;
    private int _row;
    private int _given;
    private int _column;

    internal SqlServerRowWriter(RowBuffer buffer, ServerTraits traits)
    {
        _buffer = buffer;
        _columns = buffer.Columns;
        _isBabelfish = traits.IsBabelfish;
        _bytes = buffer.Bytes;
        _row = buffer.Count - 1;
        _given = -1;
    }

    /// <summary>Hands the rows written to the buffer; without it they never were.</summary>
    internal readonly void Complete()
    {
        _buffer.Count = _row + 1;
        _buffer.Bytes = _bytes;
    }

    public void BeginRow()
    {
        _given++;
        _column = 0;
        if (++_row == _buffer.Capacity)
        {
            _buffer.Grow(checked(_buffer.Capacity * 2));
        }
    }

    public readonly void EndRow()
    {
    }

    public void WriteNull()
    {
        if (!_buffer.Contract[_column].Nullable)
        {
            throw Refuse("must not be null");
        }

        _columns[_column++].Nulls[_row] = true;
    }

    public void Write(bool value) => Put(value);

    public void Write(short value) => Put(value);

    public void Write(int value) => Put(value);

    public void Write(long value) => Put(value);

    public void Write(float value)
    {
        if (!float.IsFinite(value) || float.IsSubnormal(value))
        {
            throw Refuse(NoNumber);
        }

        Put(value);
    }

    public void Write(double value)
    {
        if (!double.IsFinite(value) || double.IsSubnormal(value))
        {
            throw Refuse(NoNumber);
        }

        Put(value);
    }

    public void Write(decimal value, int precision, int scale)
    {
        if (!DecimalForm.Fits(value, precision, scale))
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"does not fit decimal({precision},{scale}) without rounding"));
        }

        Put(value);
    }

    public void Write(DateOnly value) => Put(value.ToDateTime(TimeOnly.MinValue));

    public void Write(TimeOnly value)
    {
        RefuseTooFine(value.Ticks);
        Put(value.ToTimeSpan());
    }

    public void Write(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw Refuse($"is a DateTime of kind {value.Kind}, which names no instant; make it UTC in a step");
        }

        RefuseTooFine(value.Ticks);
        Put(new DateTimeOffset(value));
    }

    public void Write(DateTimeOffset value) => Write(value.UtcDateTime);

    public void Write(Guid value) => Put(value);

    public void Write(string value)
    {
        if (value.Length > (_buffer.Contract[_column].MaxLength is > 0 and var most ? most : int.MaxValue))
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"is longer than the {_buffer.Contract[_column].MaxLength} characters of its column"));
        }

        if (value.AsSpan().IndexOfAny(Surrogates) is >= 0 and var first)
        {
            RefuseHalfPairs(value.AsSpan(first));
        }

        if (_isBabelfish && value.Contains('\0', StringComparison.Ordinal))
        {
            throw Refuse("holds the character NUL, which no text of Babelfish can");
        }

        _bytes += 2L * value.Length;
        Put(value);
    }

    public void Write(byte[] value)
    {
        if (value.Length > (_buffer.Contract[_column].MaxLength is > 0 and var most ? most : int.MaxValue))
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"is longer than the {_buffer.Contract[_column].MaxLength} bytes of its column"));
        }

        _bytes += value.Length;
        Put(value);
    }

    private const string NoNumber = "is NaN, infinite, or closer to zero than SQL Server holds";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<T>(T value)
    {
        var column = (ColumnBuffer<T>)_columns[_column++];
        column.Values[_row] = value;
        column.Nulls[_row] = false;
    }

    private readonly void RefuseTooFine(long ticks)
    {
        if (_isBabelfish && ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            throw Refuse("is finer than the microseconds that Babelfish keeps, and is not rounded");
        }
    }

    private readonly void RefuseHalfPairs(ReadOnlySpan<char> text)
    {
        for (int length; !text.IsEmpty; text = text[length..])
        {
            if (Rune.DecodeFromUtf16(text, out _, out length) != OperationStatus.Done)
            {
                throw Refuse("holds half of a surrogate pair, which is no text");
            }
        }
    }

    private readonly RowWriteException Refuse(string reason) => new(_given, _column, reason);
}
