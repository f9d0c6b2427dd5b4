namespace TypedPipelines.SqlServer;

/// <summary>Rows that wait for their bulk copy, column by column. What was sent leaves its memory to the next.</summary>
internal sealed class RowBuffer
{
    private const int FirstRows = 4096;

    /// <summary>
    /// What is worth sending: a bulk copy costs three round trips before its first row, which so many rows make cheap, and no memory
    /// grows with the size of the load.
    /// </summary>
    private const int EnoughRows = 16 * 1024;

    private const long EnoughBytes = 8 * 1024 * 1024;

    internal RowBuffer(IReadOnlyList<Column> columns)
    {
        Contract = columns;
        Columns = [.. columns.Select(column => ColumnBuffer.For(column.Type))];
        Grow(FirstRows);
    }

    /// <summary>The columns as the contract has them.</summary>
    internal IReadOnlyList<Column> Contract { get; }

    internal ColumnBuffer[] Columns { get; }

    internal int Count { get; set; }

    /// <summary>The bytes of texts and byte strings, which lie elsewhere.</summary>
    internal long Bytes { get; set; }

    internal int Capacity { get; private set; }

    internal bool IsEnough => Count >= EnoughRows || Bytes >= EnoughBytes;

    internal void Grow(int rows)
    {
        foreach (ColumnBuffer column in Columns)
        {
            column.Grow(rows);
        }

        Capacity = rows;
    }

    internal void Clear()
    {
        foreach (ColumnBuffer column in Columns)
        {
            column.Clear(Count);
        }

        Count = 0;
        Bytes = 0;
    }
}
