using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Writes rows into the staging table: each value is bound as it is, and what SQLite would change is refused.</summary>
internal struct SqliteRowWriter<TBinds>(StagingInsert insert, TBinds binds) : IRowWriter
    where TBinds : struct, IBinds
{
    /// <summary>UTF-8 has at most so many bytes for a UTF-16 code unit.</summary>
    private const int MostBytesPerChar = 3;

    /// <summary>Longer texts are measured before, so that room is made for what they are and not for what they might be.</summary>
    private const int ShortText = 1024;

    private readonly RowBytes _bytes = insert.Bytes;
    private int _row = -1;
    private int _column;

    public void BeginRow()
    {
        _row++;
        _column = 0;
        _bytes.Clear();
    }

    public readonly void EndRow()
    {
        int code = binds.Step();
        if (code != raw.SQLITE_DONE)
        {
            throw insert.Failure(code);
        }
    }

    public void WriteNull()
    {
        if (!insert.Columns[_column].Nullable)
        {
            throw Refuse("must not be null");
        }

        Check(binds.Null(++_column));
    }

    public void Write(bool value) => Write(value ? 1L : 0L);

    public void Write(short value) => Write((long)value);

    public void Write(int value) => Write((long)value);

    public void Write(long value) => Check(binds.Integer(++_column, value));

    public void Write(float value) => Write((double)value);

    public void Write(double value)
    {
        if (double.IsNaN(value))
        {
            throw Refuse("is not a number, which SQLite would keep as null");
        }

        Check(binds.Real(++_column, value));
    }

    public void Write(decimal value, int precision, int scale)
    {
        DecimalForm form = insert.Decimals[_column];
        if (!form.Fits(value, out decimal rescaled))
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"does not fit decimal({precision},{scale}) without rounding"));
        }

        switch (form.Storage)
        {
            case DecimalStorage.Integer:
                Write((long)rescaled);
                break;
            case DecimalStorage.Real:
                Check(binds.Real(++_column, (double)rescaled));
                break;
            default:
                rescaled.TryFormat(_bytes.Room(64), out int length, form.Format, CultureInfo.InvariantCulture);
                WriteText(length);
                break;
        }
    }

    public void Write(DateOnly value)
    {
        value.TryFormat(_bytes.Room(16), out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(length);
    }

    public void Write(TimeOnly value)
    {
        value.TryFormat(_bytes.Room(24), out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(length);
    }

    public void Write(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw Refuse($"is a DateTime of kind {value.Kind}, which names no instant; make it UTC in a step");
        }

        value.TryFormat(_bytes.Room(40), out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(length);
    }

    public void Write(DateTimeOffset value) => Write(value.UtcDateTime);

    public void Write(Guid value)
    {
        value.TryFormat(_bytes.Room(40), out int length, "D");
        WriteText(length);
    }

    public void Write(string value)
    {
        int most = value.Length > ShortText ? Encoding.UTF8.GetByteCount(value) : value.Length * MostBytesPerChar;
        OperationStatus status = Utf8.FromUtf16(value, _bytes.Room(most), out _, out int length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            throw Refuse("holds half of a surrogate pair, which is no text in UTF-8");
        }

        WriteText(length);
    }

    public void Write(byte[] value)
    {
        value.CopyTo(_bytes.Room(value.Length));
        Check(binds.Blob(++_column, _bytes.Keep(value.Length)));
    }

    private void WriteText(int length) => Check(binds.Text(++_column, _bytes.Keep(length)));

    private readonly RowWriteException Refuse(string reason) => new(_row, _column, reason);

    /// <summary>A bind fails only on a value too long for SQLite.</summary>
    private readonly void Check(int code)
    {
        if (code == raw.SQLITE_TOOBIG)
        {
            throw new RowWriteException(_row, _column - 1, "is longer than SQLite holds");
        }

        if (code != raw.SQLITE_OK)
        {
            throw insert.Failure(code);
        }
    }
}
