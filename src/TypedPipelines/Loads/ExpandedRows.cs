using System.Runtime.CompilerServices;

namespace TypedPipelines.Running;

/// <summary>
/// Where a generated loop puts the rows that it makes of a batch, of each row any number. A local of the loop: the compiler keeps it in
/// registers, as it would the array and the count of a loop by hand.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public ref struct ExpandedRows<TRow>
{
    private readonly LoadInput<TRow> _load;
    private readonly Span<TRow> _rows;
    private readonly Span<int> _from;
    private int _count;

    internal ExpandedRows(LoadInput<TRow> load, Span<TRow> rows, Span<int> from, int count)
    {
        _load = load;
        _rows = rows;
        _from = from;
        _count = count;
    }

    /// <summary>Puts a row in.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TRow row, int from)
    {
        int at = _count;
        if ((uint)at < (uint)_rows.Length)
        {
            _rows[at] = row;
            _from[at] = from;
            _count = at + 1;
        }
        else
        {
            // Nothing of this changes by it: what a call may change is in no register.
            _load.AddBeyond(row, from);
        }
    }

    /// <summary>Hands the rows over: before it, they are not there.</summary>
    public readonly void End() => _load.EndExpanded(_count);
}
