using System.Globalization;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Writes rows into the staging table: each value is bound as it is, and what SQLite would change is refused.</summary>
internal struct SqliteRowWriter(StagingInsert insert) : IRowWriter
{
    private int _row = -1;
    private int _column;

    public void BeginRow()
    {
        _row++;
        _column = 0;
    }

    public readonly void EndRow() => insert.Step();

    public void WriteNull()
    {
        if (!insert.Columns[_column].Nullable)
        {
            throw Refuse("must not be null");
        }

        Check(raw.sqlite3_bind_null(insert.Statement, ++_column));
    }

    public void Write(bool value) => Write(value ? 1L : 0L);

    public void Write(short value) => Write((long)value);

    public void Write(int value) => Write((long)value);

    public void Write(long value) => Check(raw.sqlite3_bind_int64(insert.Statement, ++_column, value));

    public void Write(float value) => Write((double)value);

    public void Write(double value)
    {
        if (double.IsNaN(value))
        {
            throw Refuse("is not a number, which SQLite would keep as null");
        }

        Check(raw.sqlite3_bind_double(insert.Statement, ++_column, value));
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
                Check(raw.sqlite3_bind_double(insert.Statement, ++_column, (double)rescaled));
                break;
            default:
                Span<byte> text = stackalloc byte[64];
                rescaled.TryFormat(text, out int length, form.Format, CultureInfo.InvariantCulture);
                WriteText(text[..length]);
                break;
        }
    }

    public void Write(DateOnly value)
    {
        Span<byte> text = stackalloc byte[16];
        value.TryFormat(text, out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(text[..length]);
    }

    public void Write(TimeOnly value)
    {
        Span<byte> text = stackalloc byte[24];
        value.TryFormat(text, out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(text[..length]);
    }

    public void Write(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw Refuse($"is a DateTime of kind {value.Kind}, which names no instant; make it UTC in a step");
        }

        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out int length, SqliteText.RoundTrip, CultureInfo.InvariantCulture);
        WriteText(text[..length]);
    }

    public void Write(DateTimeOffset value) => Write(value.UtcDateTime);

    public void Write(Guid value)
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out int length, "D");
        WriteText(text[..length]);
    }

    public void Write(string value)
    {
        if (!insert.TryEncode(value, out ReadOnlySpan<byte> text))
        {
            throw Refuse("holds half of a surrogate pair, which is no text in UTF-8");
        }

        WriteText(text);
    }

    public void Write(byte[] value)
    {
        // A span of nothing has no address, and SQLite would take it for null.
        _column++;
        Check(value.Length == 0
            ? raw.sqlite3_bind_zeroblob(insert.Statement, _column, 0)
            : raw.sqlite3_bind_blob(insert.Statement, _column, value.AsSpan()));
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        _column++;
        Check(text.IsEmpty
            ? raw.sqlite3_bind_text(insert.Statement, _column, "")
            : raw.sqlite3_bind_text(insert.Statement, _column, text));
    }

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
