namespace TypedPipelines.Destinations;

/// <summary>The times of the rows that a publish changes, as they were and as they become, for those who have made something of them.</summary>
internal sealed class ChangedTimes : IRowContract
{
    private readonly Column[] _times;
    private readonly ChangedSpans[] _readers;
    private readonly DateOnly?[] _dates;
    private readonly DateTimeOffset?[] _instants;
    private readonly bool[] _beyond;

    internal ChangedTimes(TableContract contract, IReadOnlyList<RestatedRows> readers)
    {
        Contract = contract;
        _times = [.. Of(contract)];
        _readers = [.. readers.Select(reader => reader.Spans)];
        _dates = new DateOnly?[_times.Length];
        _instants = new DateTimeOffset?[_times.Length];
        _beyond = new bool[_times.Length];
        Columns = [.. _times, .. _times];
    }

    /// <summary>The table's contract.</summary>
    internal TableContract Contract { get; }

    public string DisplayName => Contract.DisplayName;

    /// <summary>The columns as they are selected: all as they were, then all as they become.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns of a table that are times.</summary>
    internal static IEnumerable<Column> Of(TableContract contract) =>
        contract.Columns.Where(column => column is { Stored: true, Type: ColumnType.Date or ColumnType.Instant });

    /// <summary>Takes in a row of the destination's.</summary>
    internal void Add<TReader>(TReader row)
        where TReader : struct, IRowReader
    {
        for (int side = 0; side < 2; side++)
        {
            for (int i = 0; i < _times.Length; i++)
            {
                Read(row, i, (side * _times.Length) + i);
            }

            foreach (ChangedSpans reader in _readers)
            {
                reader.Add(_dates, _instants, _beyond);
            }
        }
    }

    private void Read<TReader>(TReader row, int column, int at)
        where TReader : struct, IRowReader
    {
        _dates[column] = null;
        _instants[column] = null;
        _beyond[column] = false;
        if (row.IsNull(at))
        {
            return;
        }

        try
        {
            if (_times[column].Type == ColumnType.Date)
            {
                _dates[column] = row.ReadDate(at);
            }
            else
            {
                _instants[column] = row.ReadDateTimeOffset(at);
            }
        }
        catch (PipelineException)
        {
            // Infinity of either sign, or a time before the first year.
            _beyond[column] = true;
        }
    }
}
