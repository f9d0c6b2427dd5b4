namespace TypedPipelines.Destinations;

/// <summary>The times, column by column, of the rows that a merge changes: as they were, and as they become.</summary>
internal sealed class ChangedTimes : IRowContract
{
    private readonly Column[] _times;
    private readonly SortedSet<DateOnly>[] _dates;
    private readonly SortedSet<DateTimeOffset>[] _instants;

    internal ChangedTimes(TableContract contract)
    {
        Contract = contract;
        _times = [.. Of(contract)];
        _dates = [.. _times.Select(static _ => new SortedSet<DateOnly>())];
        _instants = [.. _times.Select(static _ => new SortedSet<DateTimeOffset>())];
    }

    /// <summary>The table's contract.</summary>
    internal TableContract Contract { get; }

    public string DisplayName => Contract.DisplayName;

    /// <summary>The columns as they are selected: all as they were, then all as they become.</summary>
    public IReadOnlyList<Column> Columns => [.. _times, .. _times];

    /// <summary>The columns of a table that are times.</summary>
    internal static IEnumerable<Column> Of(TableContract contract) =>
        contract.Columns.Where(column => column is { Stored: true, Type: ColumnType.Date or ColumnType.Instant });

    /// <summary>Takes in a row of the destination's.</summary>
    internal void Add<TReader>(TReader row)
        where TReader : struct, IRowReader
    {
        for (int i = 0; i < _times.Length * 2; i++)
        {
            if (row.IsNull(i))
            {
                continue;
            }

            int column = i % _times.Length;
            try
            {
                if (_times[column].Type == ColumnType.Date)
                {
                    _dates[column].Add(row.ReadDate(i));
                }
                else
                {
                    _instants[column].Add(row.ReadDateTimeOffset(i));
                }
            }
            catch (PipelineException)
            {
                // Infinity, or a time before the first year: it lies in no window.
            }
        }
    }

    /// <summary>Whether a time of some columns lies in a span.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="start">What begins the span.</param>
    /// <param name="end">The window that the span ends with.</param>
    internal bool LieIn(IReadOnlyList<string> columns, Window start, Window end)
    {
        for (int i = 0; i < _times.Length; i++)
        {
            if (columns.Contains(_times[i].Name) && (LieIn(_dates[i], start.StartDate, end.EndDate) || LieIn(_instants[i], start.Start, end.End)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all times of some columns lie in a window.</summary>
    internal bool AllLieIn(IReadOnlyList<string> columns, Window window)
    {
        for (int i = 0; i < _times.Length; i++)
        {
            if (columns.Contains(_times[i].Name)
                && ((_dates[i].Count > 0 && !(window.Contains(_dates[i].Min) && window.Contains(_dates[i].Max)))
                    || (_instants[i].Count > 0 && !(window.Contains(_instants[i].Min) && window.Contains(_instants[i].Max)))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool LieIn<T>(SortedSet<T> times, T start, T end)
        where T : IComparable<T>
    {
        if (times.Count == 0 || start.CompareTo(end) >= 0 || times.Max!.CompareTo(start) < 0 || times.Min!.CompareTo(end) >= 0)
        {
            return false;
        }

        SortedSet<T> from = times.GetViewBetween(start, times.Max);
        return from.Min!.CompareTo(end) < 0;
    }
}
