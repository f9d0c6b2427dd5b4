using System.Globalization;

namespace TypedPipelines.Testing;

/// <summary>A row of a fixture, whose values are invariant texts. An empty one is null where the column admits it.</summary>
internal readonly struct FixtureRowReader(TableContract table, string?[] values, string place) : IRowReader
{
    public bool IsNull(int column) => values[column] is null || (values[column]!.Length == 0 && table.Columns[column].Nullable);

    public bool ReadBoolean(int column) => Text(column) switch
    {
        "1" => true,
        "0" => false,
        var text => bool.TryParse(text, out bool value) ? value : throw Unreadable(column),
    };

    public short ReadInt16(int column) => Parse<short>(column);

    public int ReadInt32(int column) => Parse<int>(column);

    public long ReadInt64(int column) => Parse<long>(column);

    public float ReadSingle(int column) => Parse<float>(column);

    public double ReadDouble(int column) => Parse<double>(column);

    public decimal ReadDecimal(int column) => Parse<decimal>(column);

    public DateOnly ReadDate(int column) => Parse<DateOnly>(column);

    public TimeOnly ReadTime(int column) => Parse<TimeOnly>(column);

    public DateTime ReadDateTime(int column) => ReadDateTimeOffset(column).UtcDateTime;

    /// <summary>Without an offset it is UTC.</summary>
    public DateTimeOffset ReadDateTimeOffset(int column) =>
        DateTimeOffset.TryParse(Text(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset value)
            ? value
            : throw Unreadable(column);

    public Guid ReadGuid(int column) => Parse<Guid>(column);

    public string ReadString(int column) => Text(column);

    /// <summary>In hexadecimal digits, with 0x before them or without.</summary>
    public byte[] ReadBytes(int column)
    {
        string text = Text(column);
        try
        {
            return Convert.FromHexString(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text);
        }
        catch (FormatException)
        {
            throw Unreadable(column);
        }
    }

    private T Parse<T>(int column)
        where T : IParsable<T> => T.TryParse(Text(column), CultureInfo.InvariantCulture, out T? value) ? value : throw Unreadable(column);

    private string Text(int column) => values[column] ?? throw new PipelineAssertionException(
        $"{place}: nothing is said in {table.Columns[column].Member}, which is never null.");

    private PipelineAssertionException Unreadable(int column) => new(
        $"{place}: {Quote.Value(values[column])} in {table.Columns[column].Member} is no {table.Columns[column].Type}.");
}
