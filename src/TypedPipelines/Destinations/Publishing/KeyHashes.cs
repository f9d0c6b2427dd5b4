namespace TypedPipelines.Destinations;

/// <summary>
/// The hashes of a batch's keys. Where all of them differ, so do all keys; where two are the same, the keys may be, or not. 64 bits each, so
/// that among a million different keys two hashes are the same once in some forty million batches.
/// </summary>
internal sealed class KeyHashes
{
    /// <summary>Slots at most: 16 MB, for a million and a half of keys. Larger batches are searched where they are staged.</summary>
    private const int MostSlots = 1 << 21;

    private readonly bool[] _isKey;
    private ulong[] _slots = new ulong[1 << 13];
    private int _count;

    internal KeyHashes(TableContract contract) => _isKey = [.. contract.Columns.Select((column, i) => IsKey(contract, column, i))];

    /// <summary>Whether a contract has keys that can be hashed.</summary>
    internal static bool Has(TableContract contract) => contract.Columns.Any(column => column.Key);

    /// <summary>Takes in rows as they are written to staging.</summary>
    /// <returns>Whether their keys are different, and other than all before.</returns>
    internal bool TryAdd<TRow>(TableContract<TRow> contract, ReadOnlySpan<TRow> rows, in RunSlice slice)
    {
        var writer = new KeyHashWriter(this, _isKey);
        contract.Write(rows, in slice, ref writer);
        return writer.AreDistinct;
    }

    /// <returns>Whether it is another than all before, and there was room for it.</returns>
    internal bool TryAdd(ulong hash)
    {
        if (_count >= _slots.Length / 4 * 3 && !TryGrow())
        {
            return false;
        }

        _count++;
        return TryPut(_slots, hash == 0 ? 1 : hash); // A slot that holds 0 is free.
    }

    /// <summary>Of a history a batch may hold a key once for each time.</summary>
    private static bool IsKey(TableContract contract, Column column, int position) =>
        column.Key || (contract.Strategy == LoadStrategy.History && position == contract.PartitionColumn);

    private static bool TryPut(ulong[] slots, ulong hash)
    {
        int mask = slots.Length - 1;
        for (int i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            if (slots[i] == 0)
            {
                slots[i] = hash;
                return true;
            }

            if (slots[i] == hash)
            {
                return false;
            }
        }
    }

    private bool TryGrow()
    {
        if (_slots.Length == MostSlots)
        {
            return false;
        }

        var larger = new ulong[Math.Min(MostSlots, _slots.Length * 4)];
        foreach (ulong hash in _slots)
        {
            if (hash != 0)
            {
                TryPut(larger, hash);
            }
        }

        _slots = larger;
        return true;
    }
}
