namespace TypedPipelines.Running;

/// <summary>An asynchronous filter in a run: it asks for several rows of a batch at a time, and gives those that are kept in their order.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public sealed class AsyncFilter<TRow>
{
    private readonly StepCount _count;
    private readonly AsyncCalls<TRow, bool> _calls;

    internal AsyncFilter(PartitionRun run, StepCount count, int concurrency, int retries, int delayMilliseconds)
    {
        _count = count;
        _calls = new AsyncCalls<TRow, bool>(run, count, concurrency, retries, delayMilliseconds);
    }

    /// <summary>The rows that were kept last.</summary>
    public RowBatch<TRow> Batch { get; } = new();

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    public void Add(TRow row, int from) => _calls.Add(row, from);

    /// <summary>Asks for the next of the rows taken, as many as a batch holds.</summary>
    /// <param name="positions">Where the rows of the batch being worked on came from.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Whether there were any; if not, all that were taken are forgotten.</returns>
    /// <exception cref="PipelineException">The step failed for a row, which is named; of several the first in order that is known.</exception>
    public async ValueTask<bool> NextAsync(IRowPositions positions, Func<TRow, CancellationToken, ValueTask<bool>> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(step);
        int count = await _calls.NextAsync(positions, step, cancellationToken).ConfigureAwait(false);
        if (count == 0)
        {
            return false;
        }

        Batch.Begin(_calls.Position(positions, 0).Origin);
        for (int i = 0; i < count; i++)
        {
            if (_calls.Result(i))
            {
                Batch.Add(_calls.Row(i), _calls.Position(positions, i).Line ?? 0);
            }
        }

        _count.Add(count, Batch.Count);
        return true;
    }
}
