namespace TypedPipelines;

/// <summary>
/// A batch of rows on their way from a source into the steps, with the place each of them came from. One batch is reused
/// for a whole source; a batch never spans two files.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class RowBatch<TRow> : IRowPositions
{
    /// <summary>How many rows a batch holds: enough for a generated loop to reach optimised code, few enough to stay in cache.</summary>
    public const int Capacity = 4096;

    private readonly TRow[] _rows = new TRow[Capacity];
    private readonly long[] _lines = new long[Capacity];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether another row fits.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>The file, table or method that the rows came from.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The rows.</summary>
    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>Empties the batch for the next rows.</summary>
    /// <param name="origin">The file, table or method that they come from.</param>
    public void Begin(string origin)
    {
        Array.Clear(_rows, 0, Count); // Rows already passed on must not be kept alive by the batch.
        Count = 0;
        Origin = origin;
    }

    /// <summary>Adds a row to a batch that is not full.</summary>
    /// <param name="row">The row.</param>
    /// <param name="line">The line it began on, or its number where there are no lines; from 1.</param>
    public void Add(TRow row, long line)
    {
        _rows[Count] = row;
        _lines[Count] = line;
        Count++;
    }

    /// <summary>Whether an object is the row added last. (One that was passed on with an earlier batch may be used again.)</summary>
    /// <param name="row">The object.</param>
    internal bool EndsWith(TRow row) => Count > 0 && ReferenceEquals(_rows[Count - 1], row);

    /// <inheritdoc/>
    public RowPosition PositionOf(int row) => new(Origin, _lines[row]);
}
