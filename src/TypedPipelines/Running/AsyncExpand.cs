namespace TypedPipelines.Running;

/// <summary>
/// An asynchronous step in a run that makes any number of rows of each: it is called for several rows of a batch at a time, and gives what comes
/// back in the order of the rows.
/// </summary>
/// <typeparam name="TIn">The type of the rows that come in.</typeparam>
/// <typeparam name="TOut">The type of the rows that go out.</typeparam>
public sealed class AsyncExpand<TIn, TOut>
{
    private readonly StepCount _count;
    private readonly AsyncCalls<TIn, IReadOnlyList<TOut>> _calls;
    private int _called;
    private int _result;
    private int _row;

    internal AsyncExpand(PartitionRun run, StepCount count, int concurrency, int retries, int delayMilliseconds)
    {
        _count = count;
        _calls = new AsyncCalls<TIn, IReadOnlyList<TOut>>(run, count, concurrency, retries, delayMilliseconds);
    }

    /// <summary>The rows that came back last, as many as a batch holds.</summary>
    public RowBatch<TOut> Batch { get; } = new();

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    public void Add(TIn row, int from) => _calls.Add(row, from);

    /// <summary>Gives the next of the rows that came back; where there are none left, the step is called for the next of the rows taken.</summary>
    /// <param name="positions">Where the rows of the batch being worked on came from.</param>
    /// <param name="step">The step, whose rows are all there when it is done.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Whether there were any rows to call it for; if not, all that were taken are forgotten.</returns>
    /// <exception cref="PipelineException">The step failed for a row, which is named; of several the first in order that is known.</exception>
    public async ValueTask<bool> NextAsync(IRowPositions positions, Func<TIn, CancellationToken, ValueTask<IReadOnlyList<TOut>>> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(step);
        int came = 0;
        if (_result == _called)
        {
            _result = 0;
            came = _called = await _calls.NextAsync(positions, step, cancellationToken).ConfigureAwait(false);
            if (came == 0)
            {
                return false;
            }
        }

        Batch.Begin(_calls.Position(positions, _result).Origin);
        for (; _result < _called; _result++, _row = 0)
        {
            IReadOnlyList<TOut> rows = _calls.Result(_result);
            for (; _row < rows.Count; _row++)
            {
                if (Batch.IsFull)
                {
                    _count.Add(came, Batch.Count);
                    return true;
                }

                Batch.Add(rows[_row] ?? throw NullRow.From(_count.Name, _count.Out + Batch.Count + 1), _calls.Position(positions, _result).Line ?? 0);
            }
        }

        _count.Add(came, Batch.Count);
        return true;
    }

    /// <summary>All rows that a step gave for a row.</summary>
    /// <param name="rows">What it gave.</param>
    /// <exception cref="PipelineException">It gave null.</exception>
    public static IReadOnlyList<TOut> All(IEnumerable<TOut>? rows) => [.. rows ?? throw NullRow.InsteadOfRows()];

    /// <summary>All rows that a step gives for a row.</summary>
    /// <param name="rows">What it gives.</param>
    /// <param name="cancellationToken">Stops the sequence.</param>
    /// <exception cref="PipelineException">It gave null.</exception>
    public static async ValueTask<IReadOnlyList<TOut>> AllAsync(IAsyncEnumerable<TOut>? rows, CancellationToken cancellationToken)
    {
        var all = new List<TOut>();
        await foreach (TOut row in (rows ?? throw NullRow.InsteadOfRows()).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            all.Add(row);
        }

        return all;
    }
}
