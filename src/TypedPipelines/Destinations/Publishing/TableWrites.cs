namespace TypedPipelines.Destinations;

/// <summary>What the statements of a publish have done to one table, by what they count as.</summary>
internal sealed class TableWrites(TableContract contract, long staged, long superseded)
{
    private long _updated;
    private long _deleted;
    private long _leftOut;
    private long? _found;

    internal long Inserted { get; private set; }

    internal void Merged(long inserted, long updated)
    {
        Inserted += inserted;
        _updated += updated;
    }

    internal void Touched(LoadEffect effect, long rows)
    {
        switch (effect)
        {
            case LoadEffect.Insert:
                Inserted += rows;
                break;
            case LoadEffect.Update or LoadEffect.CloseMissing:
                _updated += rows;
                break;
            case LoadEffect.Delete or LoadEffect.DeleteMissing:
                _deleted += rows;
                break;
        }
    }

    /// <summary>Of rows that are told apart by a key, those that were to be inserted and have not been.</summary>
    internal void LeftOut(long rows) => _leftOut += rows;

    /// <summary>Of rows that are found by the run's window or name, how many there are: a trigger may have put some where the statement does not count them.</summary>
    internal void Found(long rows) => _found = rows;

    internal LoadedTable Count() => new(contract.DisplayName, staged, superseded, Inserted, _updated, _deleted)
    {
        LeftOut = contract.Strategy is LoadStrategy.Merge or LoadStrategy.History ? _leftOut : Math.Max(0, staged - superseded - (_found ?? Inserted)),
    };
}
