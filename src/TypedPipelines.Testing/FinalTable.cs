namespace TypedPipelines.Testing;

/// <summary>A table after the runs of a test, to be held against what is expected. Rows have no order.</summary>
/// <typeparam name="TRow">The table's row contract.</typeparam>
public sealed class FinalTable<TRow>
{
    private readonly TableContract<TRow> _table;
    private readonly Func<TableContract<TRow>, Task<IReadOnlyList<TRow>>> _read;
    private readonly double _tolerance;

    internal FinalTable(TableContract<TRow> table, Func<TableContract<TRow>, Task<IReadOnlyList<TRow>>> read, double tolerance = 0)
    {
        _table = table;
        _read = read;
        _tolerance = tolerance;
    }

    /// <summary>The table, of which floating-point numbers and decimals may differ by so much from what is expected.</summary>
    /// <param name="tolerance">The greatest difference, 0 or more.</param>
    public FinalTable<TRow> Within(double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        return new FinalTable<TRow>(_table, _read, tolerance);
    }

    /// <summary>Its rows.</summary>
    public Task<IReadOnlyList<TRow>> RowsAsync() => _read(_table);

    /// <summary>Expects these rows, each as often as it is named, and no others.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="PipelineAssertionException">The table has others: the message shows what is missing, too many and other.</exception>
    public async Task ShouldBeAsync(params IEnumerable<TRow> rows)
    {
        RowShape<TRow> shape = RowShape.Of(_table);
        Compare(shape, [.. rows], await RowsAsync().ConfigureAwait(false));
    }

    /// <summary>Expects no row.</summary>
    /// <exception cref="PipelineAssertionException">The table has rows.</exception>
    public Task ShouldBeEmptyAsync() => ShouldBeAsync([]);

    /// <summary>Expects these parts of rows, each as often as it is named, and no others.</summary>
    /// <typeparam name="TPart">The part: an anonymous type, a tuple, a record or a value.</typeparam>
    /// <param name="part">Takes the part of a row: <c>row => new { row.Day, row.Late }</c>.</param>
    /// <param name="rows">The parts.</param>
    /// <exception cref="PipelineAssertionException">The table has others: the message shows what is missing, too many and other.</exception>
    public async Task ShouldBeAsync<TPart>(Func<TRow, TPart> part, params IEnumerable<TPart> rows)
    {
        ArgumentNullException.ThrowIfNull(part);
        Compare(RowShape.OfPart<TPart>(), [.. rows], [.. (await RowsAsync().ConfigureAwait(false)).Select(part)]);
    }

    private void Compare<T>(RowShape<T> shape, IReadOnlyList<T> expected, IReadOnlyList<T> actual)
    {
        var difference = TableDifference.Between(shape, expected, actual, _tolerance);
        if (!difference.IsNone)
        {
            throw new PipelineAssertionException(DifferenceText.Of(_table.DisplayName, shape.Columns, difference));
        }
    }
}
