using System.Globalization;
using System.Text;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Reads the columns of a statement's current row. A value of another form than its column's is an error, never a guess.</summary>
internal readonly struct SqliteRowReader(sqlite3_stmt statement, IRowContract contract, ResultColumns? result = null) : IRowReader
{
    /// <summary>A text so short is a decimal to the last digit.</summary>
    private const int DigitsForCertain = 28;

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public bool ReadBoolean(int column) => Integer(column) switch
    {
        0 => false,
        1 => true,
        _ => throw Unreadable(column),
    };

    public short ReadInt16(int column) => Integer(column) is var value and >= short.MinValue and <= short.MaxValue ? (short)value : throw Unreadable(column);

    public int ReadInt32(int column) => Integer(column) is var value and >= int.MinValue and <= int.MaxValue ? (int)value : throw Unreadable(column);

    public long ReadInt64(int column) => Integer(column);

    public float ReadSingle(int column) => (float)Real(column);

    public double ReadDouble(int column) => Real(column);

    public decimal ReadDecimal(int column)
    {
        switch (raw.sqlite3_column_type(statement, column))
        {
            case raw.SQLITE_INTEGER:
                return raw.sqlite3_column_int64(statement, column);
            case raw.SQLITE_FLOAT:
                double real = raw.sqlite3_column_double(statement, column);
                return Math.Abs(real) < 1e28 ? (decimal)real : throw Unreadable(column);
            case raw.SQLITE_TEXT:
                return decimal.TryParse(Bytes(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
                    && IsAll(value, Bytes(column))
                    ? value
                    : throw Unreadable(column);
            default:
                throw Unreadable(column);
        }
    }

    public DateOnly ReadDate(int column)
    {
        Span<char> text = stackalloc char[16];
        return DateOnly.TryParseExact(Text(column, text), SqliteText.RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)
            ? value
            : throw Unreadable(column);
    }

    public TimeOnly ReadTime(int column)
    {
        Span<char> text = stackalloc char[24];
        return TimeOnly.TryParseExact(Text(column, text), SqliteText.RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly value)
            ? value
            : throw Unreadable(column);
    }

    public DateTime ReadDateTime(int column)
    {
        Span<char> text = stackalloc char[40];
        return DateTime.TryParseExact(Text(column, text), SqliteText.RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime value)
            && value.Kind == DateTimeKind.Utc
            ? value
            : throw Unreadable(column);
    }

    public DateTimeOffset ReadDateTimeOffset(int column) => new(ReadDateTime(column));

    public Guid ReadGuid(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT && Guid.TryParseExact(Encoding.UTF8.GetString(Bytes(column)), "D", out Guid value)
            ? value
            : throw Unreadable(column);

    public string ReadString(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT ? Encoding.UTF8.GetString(Bytes(column)) : throw Unreadable(column);

    public byte[] ReadBytes(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB ? Bytes(column).ToArray() : throw Unreadable(column);

    /// <summary>A text's or blob's bytes, as long as it says it is: SQLite's texts can hold NUL.</summary>
    private ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    private long Integer(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, column) : throw Unreadable(column);

    private double Real(int column) =>
        raw.sqlite3_column_type(statement, column) is raw.SQLITE_FLOAT or raw.SQLITE_INTEGER ? raw.sqlite3_column_double(statement, column) : throw Unreadable(column);

    private ReadOnlySpan<char> Text(int column, Span<char> buffer) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT && Encoding.UTF8.TryGetChars(Bytes(column), buffer, out int length)
            ? buffer[..length]
            : throw Unreadable(column);

    /// <summary>Whether a number is all of a text: more digits than a decimal holds are rounded when they are parsed.</summary>
    private static bool IsAll(decimal value, ReadOnlySpan<byte> text)
    {
        if (text.Length <= DigitsForCertain)
        {
            return true;
        }

        string digits = Encoding.UTF8.GetString(text);
        string read = value.ToString(CultureInfo.InvariantCulture);
        return Shortest(digits) == Shortest(read);

        static string Shortest(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
    }

    private PipelineException Unreadable(int column) => result?.Unreadable(result.Found[column], $"holds {Show(column)}") ?? new(
        FailureKind.Schema,
        $"column {contract.Columns[column].Name} of {contract.DisplayName} holds {Show(column)}, which is no {contract.Columns[column].Type}",
        "Something else wrote it. Correct the row, or load its partition again.");

    private string Show(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => "null",
        raw.SQLITE_BLOB => string.Create(CultureInfo.InvariantCulture, $"{Bytes(column).Length} bytes"),
        raw.SQLITE_TEXT => $"'{Encoding.UTF8.GetString(Bytes(column)[..Math.Min(Bytes(column).Length, 120)])}'",
        _ => Encoding.UTF8.GetString(Bytes(column)),
    };
}
