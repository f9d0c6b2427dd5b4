namespace TypedPipelines.Running;

/// <summary>
/// An asynchronous step in a run: it takes the rows of a batch, calls the step for several of them at a time, and gives what comes back in the
/// order of the rows.
/// </summary>
/// <typeparam name="TIn">The type of the rows that come in.</typeparam>
/// <typeparam name="TOut">The type of the rows that go out.</typeparam>
public sealed class AsyncStep<TIn, TOut>
{
    private readonly StepCount _count;
    private readonly bool _drops;
    private readonly AsyncCalls<TIn, TOut?> _calls;

    internal AsyncStep(PartitionRun run, StepCount count, int concurrency, bool drops, int retries, int delayMilliseconds)
    {
        _count = count;
        _drops = drops;
        _calls = new AsyncCalls<TIn, TOut?>(run, count, concurrency, retries, delayMilliseconds);
    }

    /// <summary>The rows that came back last.</summary>
    public RowBatch<TOut> Batch { get; } = new();

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    public void Add(TIn row, int from) => _calls.Add(row, from);

    /// <summary>Calls the step for the next of the rows taken, as many as a batch holds.</summary>
    /// <param name="positions">Where the rows of the batch being worked on came from.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Whether there were any; if not, all that were taken are forgotten.</returns>
    /// <exception cref="PipelineException">The step failed for a row, which is named; of several the first in order that is known.</exception>
    public async ValueTask<bool> NextAsync(IRowPositions positions, Func<TIn, CancellationToken, ValueTask<TOut?>> step, CancellationToken cancellationToken)
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
            if (_calls.Result(i) is { } row)
            {
                Batch.Add(row, _calls.Position(positions, i).Line ?? 0);
            }
            else if (!_drops)
            {
                throw NullRow.From(_count.Name, _count.In + i + 1);
            }
        }

        _count.Add(count, Batch.Count);
        return true;
    }
}
