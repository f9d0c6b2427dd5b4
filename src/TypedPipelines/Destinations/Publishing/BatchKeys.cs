namespace TypedPipelines.Destinations;

/// <summary>
/// Watches the keys of a batch's rows as they come, and may know at the end that no two are the same; where it does not, the staged rows
/// are searched. Rows that come in the order of their keys tell by that; of others the keys' hashes are remembered, up to a number.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
internal struct BatchKeys<TRow>(TableContract<TRow> contract)
{
    private TRow? _last;
    private KeyHashes? _hashes;
    private State _state;

    private enum State
    {
        Empty,
        Ascending,
        Hashed,
        Unknown,
    }

    /// <summary>Whether it is known that no two rows so far have one key.</summary>
    internal readonly bool AreDistinct => _state != State.Unknown;

    internal void Add(ReadOnlySpan<TRow> rows, in RunSlice slice)
    {
        if (_state == State.Empty)
        {
            Begin(rows);
        }
        else if (_state == State.Ascending && !(contract.CompareKeys(_last!, in rows[0]) < 0 && Ascend(rows)))
        {
            // The keys of the rows before this batch were not remembered.
            _state = State.Unknown;
        }

        if (_state == State.Ascending)
        {
            _last = rows[^1];
        }
        else if (_state == State.Hashed && !_hashes!.TryAdd(contract, rows, in slice))
        {
            _state = State.Unknown;
            _hashes = null;
        }
    }

    /// <summary>The first batch decides: it is rare that rows come in order and then no longer.</summary>
    private void Begin(ReadOnlySpan<TRow> rows)
    {
        // Rows that can change after they were given are not worth remembering.
        _state = !contract.HasMutableRows && Ascend(rows) ? State.Ascending
            : KeyHashes.Has(contract) ? State.Hashed
            : State.Unknown;
        _hashes = _state == State.Hashed ? new KeyHashes(contract) : null;
    }

    private readonly bool Ascend(ReadOnlySpan<TRow> rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (contract.CompareKeys(in rows[i - 1], in rows[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
