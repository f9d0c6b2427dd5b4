namespace TypedPipelines;

/// <summary>Reads the columns of a contract where they stand in the result of a statement. What the load fills in and the statement leaves out is the default.</summary>
internal readonly struct ResultRowReader<TReader>(TReader result, ResultColumns columns) : IRowReader
    where TReader : struct, IRowReader
{
    public bool IsNull(int column) => columns[column] is var at && (at < 0 || result.IsNull(at));

    public bool ReadBoolean(int column) => TryFind(column, out int at) && result.ReadBoolean(at);

    public short ReadInt16(int column) => TryFind(column, out int at) ? result.ReadInt16(at) : default;

    public int ReadInt32(int column) => TryFind(column, out int at) ? result.ReadInt32(at) : default;

    public long ReadInt64(int column) => TryFind(column, out int at) ? result.ReadInt64(at) : default;

    public float ReadSingle(int column) => TryFind(column, out int at) ? result.ReadSingle(at) : default;

    public double ReadDouble(int column) => TryFind(column, out int at) ? result.ReadDouble(at) : default;

    public decimal ReadDecimal(int column) => TryFind(column, out int at) ? result.ReadDecimal(at) : default;

    public DateOnly ReadDate(int column) => TryFind(column, out int at) ? result.ReadDate(at) : default;

    public TimeOnly ReadTime(int column) => TryFind(column, out int at) ? result.ReadTime(at) : default;

    public DateTime ReadDateTime(int column) => TryFind(column, out int at) ? result.ReadDateTime(at) : default;

    public DateTimeOffset ReadDateTimeOffset(int column) => TryFind(column, out int at) ? result.ReadDateTimeOffset(at) : default;

    public Guid ReadGuid(int column) => TryFind(column, out int at) ? result.ReadGuid(at) : default;

    public string ReadString(int column) => TryFind(column, out int at) ? result.ReadString(at) : "";

    public byte[] ReadBytes(int column) => TryFind(column, out int at) ? result.ReadBytes(at) : [];

    private bool TryFind(int column, out int at)
    {
        at = columns[column];
        if (at >= 0 && result.IsNull(at))
        {
            // The row's type has no null to say so with, and none is made up.
            throw new PipelineException(
                FailureKind.Row,
                $"column {columns.Contract.Columns[column].Name} of its statement is null, and {columns.Contract.DisplayName} admits none there",
                "Nothing was changed. Use coalesce, leave such rows out, or let the member be null.");
        }

        return at >= 0;
    }
}
