using Polly;
using Polly.Retry;

namespace TypedPipelines.Running;

/// <summary>
/// An asynchronous step in a run: it takes the rows of a batch, calls the step for several of them at a time, and gives what comes back in the
/// order of the rows.
/// </summary>
/// <typeparam name="TIn">The type of the rows that come in.</typeparam>
/// <typeparam name="TOut">The type of the rows that go out.</typeparam>
public sealed class AsyncStep<TIn, TOut>
{
    private readonly PartitionRun _run;
    private readonly StepCount _count;
    private readonly int _concurrency;
    private readonly bool _drops;
    private readonly ResiliencePipeline _retries;
    private readonly List<TIn> _rows = [];
    private readonly List<int> _from = [];
    private readonly TOut?[] _results = new TOut?[RowBatch<TOut>.Capacity];
    private int _next;

    internal AsyncStep(PartitionRun run, StepCount count, int concurrency, bool drops, int retries, int delayMilliseconds)
    {
        _run = run;
        _count = count;
        _concurrency = concurrency;
        _drops = drops;
        _retries = retries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = retries,
                Delay = TimeSpan.FromMilliseconds(delayMilliseconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(run.IsFailure),
            }).Build();
    }

    /// <summary>The rows that came back last.</summary>
    public RowBatch<TOut> Batch { get; } = new();

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    public void Add(TIn row, int from)
    {
        _rows.Add(row);
        _from.Add(from);
    }

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
        int count = Math.Min(_rows.Count - _next, _results.Length);
        if (count == 0)
        {
            _rows.Clear();
            _from.Clear();
            _next = 0;
            return false;
        }

        await CallAsync(count, positions, step, cancellationToken).ConfigureAwait(false);
        Batch.Begin(positions.PositionOf(_from[_next]).Origin);
        for (int i = 0; i < count; i++)
        {
            RowPosition position = positions.PositionOf(_from[_next + i]);
            if (_results[i] is { } row)
            {
                Batch.Add(row, position.Line ?? 0);
            }
            else if (!_drops)
            {
                throw NullRow.From(_count.Name, _count.In + i + 1);
            }
        }

        Array.Clear(_results, 0, count);
        _count.Add(count, Batch.Count);
        _next += count;
        return true;
    }

    /// <summary>As many calls at a time as the step allows: each worker takes the next row when it has done one.</summary>
    private async Task CallAsync(int count, IRowPositions positions, Func<TIn, CancellationToken, ValueTask<TOut?>> step, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int taken = -1;
        (int Row, Exception Cause)? failure = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_concurrency, count)).Select(_ => WorkAsync())).ConfigureAwait(false);
        if (failure is { } first)
        {
            throw StepFailure.InStep(_count.Name, positions.PositionOf(_from[_next + first.Row]), _rows[_next + first.Row], first.Cause);
        }

        cancellationToken.ThrowIfCancellationRequested();

        async Task WorkAsync()
        {
            for (int row = Interlocked.Increment(ref taken); row < count && !stop.IsCancellationRequested; row = Interlocked.Increment(ref taken))
            {
                try
                {
                    _results[row] = await CallOneAsync(_rows[_next + row], step, stop.Token).ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    lock (stop)
                    {
                        // What another row's failure stopped has not failed.
                        bool stopped = e is OperationCanceledException && stop.IsCancellationRequested;
                        if (!stopped && (failure is null || row < failure.Value.Row))
                        {
                            failure = (row, e);
                        }
                    }

                    await stop.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
    }

    private ValueTask<TOut?> CallOneAsync(TIn row, Func<TIn, CancellationToken, ValueTask<TOut?>> step, CancellationToken cancellationToken) =>
        ReferenceEquals(_retries, ResiliencePipeline.Empty)
            ? step(row, cancellationToken)
            : _retries.ExecuteAsync(static (call, token) => call.Step(call.Row, token), (Step: step, Row: row), cancellationToken);
}
