using System.Globalization;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Reads the columns of a reader's current row, in order. What has no form in .NET is an error, never a guess.</summary>
internal readonly struct SqlServerRowReader(SqlDataReader row, IRowContract contract, ResultColumns? result = null) : IRowReader
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
        catch (OverflowException)
        {
            throw result?.Unreadable(result.Found[column], "holds a number beyond the range of decimal, which has 28 digits") ?? new PipelineException(
                FailureKind.Schema,
                string.Create(CultureInfo.InvariantCulture, $"column {contract.Columns[column].Name} of {contract.DisplayName} holds a number beyond the range of decimal, which has 28 digits"),
                "Something else wrote it. Correct the row, or load its partition again.");
        }
    }

    public DateOnly ReadDate(int column) => DateOnly.FromDateTime(row.GetDateTime(column));

    public TimeOnly ReadTime(int column) => TimeOnly.FromTimeSpan(row.GetTimeSpan(column));

    public DateTime ReadDateTime(int column) => row.GetDateTimeOffset(column).UtcDateTime;

    public DateTimeOffset ReadDateTimeOffset(int column) => row.GetDateTimeOffset(column).ToUniversalTime();

    public Guid ReadGuid(int column) => row.GetGuid(column);

    public string ReadString(int column) => row.GetString(column);

    public byte[] ReadBytes(int column) => row.GetFieldValue<byte[]>(column);
}
