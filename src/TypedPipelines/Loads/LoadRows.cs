using System.Runtime.CompilerServices;

namespace TypedPipelines.Running;

/// <summary>
/// Where a generated loop puts the rows that it makes of a batch, of each row one or none: so it is enough to note the rows of which none
/// is made. A local of the loop: the compiler keeps it in registers, as it would the array and the count of a loop by hand.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public ref struct LoadRows<TRow>
{
    private readonly LoadInput<TRow> _load;
    private readonly Span<TRow> _rows;
    private int _count;

    internal LoadRows(LoadInput<TRow> load, Span<TRow> rows)
    {
        _load = load;
        _rows = rows;
    }

    /// <summary>Puts in what was made of the next row of the batch.</summary>
    /// <param name="row">What was made.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TRow row) => _rows[_count++] = row;

    /// <summary>Notes that nothing is made of the next row of the batch.</summary>
    /// <param name="row">Its position in the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Skip(int row) => _load.Skip(row, row - _count);

    /// <summary>Hands the rows over: before it, they are not there.</summary>
    /// <param name="of">How many rows of the batch they were made of.</param>
    public readonly void End(int of) => _load.End(_count, of - _count);
}
