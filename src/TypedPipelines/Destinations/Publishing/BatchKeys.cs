namespace TypedPipelines.Destinations;

/// <summary>Watches whether rows arrive in the order of their keys: where each is greater than the one before, none is there twice.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
internal struct KeyOrder<TRow>(TableContract<TRow> contract)
{
    private TRow? _last;
    private bool _begun;
    private bool _broken;

    /// <summary>Whether all rows so far came in ascending order, and there was one.</summary>
    internal readonly bool IsAscending => _begun && !_broken;

    internal void Add(ReadOnlySpan<TRow> rows)
    {
        // Rows that can change after they were given are not worth remembering.
        _broken |= contract.HasMutableRows;
        if (_broken)
        {
            return;
        }

        _broken = _begun && contract.CompareKeys(_last!, in rows[0]) >= 0;
        for (int i = 1; i < rows.Length && !_broken; i++)
        {
            _broken = contract.CompareKeys(in rows[i - 1], in rows[i]) >= 0;
        }

        _begun = true;
        _last = rows[^1];
    }
}
