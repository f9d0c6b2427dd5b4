using System.Globalization;
using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Reads the columns of a reader's current row. Dates and times are read as PostgreSQL counts them, for the driver would take
/// infinity for the first or last day of .NET's calendar. What has no form in .NET is an error, never a guess.
/// </summary>
internal readonly struct PostgreSqlRowReader(NpgsqlDataReader row, IRowContract contract, ResultColumns? result = null) : IRowReader
{
    public bool IsNull(int column) => row.IsDBNull(column);

    public bool ReadBoolean(int column) => row.GetBoolean(column);

    public short ReadInt16(int column) => row.GetInt16(column);

    public int ReadInt32(int column) => row.GetInt32(column);

    public long ReadInt64(int column) => row.GetInt64(column);

    public float ReadSingle(int column) => row.GetFloat(column);

    public double ReadDouble(int column) => row.GetDouble(column);

    public decimal ReadDecimal(int column)
    {
        try
        {
            return row.GetDecimal(column);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            throw Unreadable(column, "a number beyond the range of decimal, or none");
        }
    }

    public DateOnly ReadDate(int column)
    {
        long day = (long)row.GetFieldValue<int>(column) + PostgreSqlTime.EpochDay;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day)
            : throw Unreadable(column, OutOfCalendar);
    }

    public TimeOnly ReadTime(int column)
    {
        long ticks = row.GetFieldValue<long>(column) * PostgreSqlTime.TicksPerMicrosecond;
        return ticks < TimeSpan.TicksPerDay ? new TimeOnly(ticks) : throw Unreadable(column, "24:00:00");
    }

    public DateTime ReadDateTime(int column)
    {
        long microseconds = row.GetFieldValue<long>(column);
        const long First = -63_082_281_600_000_000; // 0001-01-01
        const long Last = 252_455_615_999_999_999; // 9999-12-31 23:59:59.999999
        return microseconds is >= First and <= Last
            ? new DateTime(PostgreSqlTime.EpochTicks + (microseconds * PostgreSqlTime.TicksPerMicrosecond), DateTimeKind.Utc)
            : throw Unreadable(column, OutOfCalendar);
    }

    public DateTimeOffset ReadDateTimeOffset(int column) => new(ReadDateTime(column));

    public Guid ReadGuid(int column) => row.GetGuid(column);

    public string ReadString(int column) => row.GetString(column);

    public byte[] ReadBytes(int column) => row.GetFieldValue<byte[]>(column);

    private const string OutOfCalendar = "infinity, or a time outside the years 1 to 9999";

    private PipelineException Unreadable(int column, string found) => result?.Unreadable(result.Found[column], $"holds {found}") ?? new(
        FailureKind.Schema,
        string.Create(CultureInfo.InvariantCulture, $"column {contract.Columns[column].Name} of {contract.DisplayName} holds {found}, which is no {contract.Columns[column].Type} of .NET"),
        "Something else wrote it. Correct the row, or load its partition again.");
}
