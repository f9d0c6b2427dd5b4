using Polly;
using Polly.Retry;

namespace TypedPipelines.Running;

/// <summary>The calls of an asynchronous step for the rows of a batch: several at a time, tried again where that is declared, with what came back in the order of the rows.</summary>
internal sealed class AsyncCalls<TIn, TResult>
{
    private readonly StepCount _count;
    private readonly int _concurrency;
    private readonly ResiliencePipeline _retries;
    private readonly List<TIn> _rows = [];
    private readonly List<int> _from = [];
    private readonly TResult[] _results = new TResult[RowBatch<TIn>.Capacity];
    private int _next;
    private int _called;

    internal AsyncCalls(PartitionRun run, StepCount count, int concurrency, int retries, int delayMilliseconds)
    {
        _count = count;
        _concurrency = concurrency;
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

    internal void Add(TIn row, int from)
    {
        _rows.Add(row);
        _from.Add(from);
    }

    /// <summary>The row that a result is of.</summary>
    internal TIn Row(int result) => _rows[_next + result];

    internal TResult Result(int result) => _results[result];

    internal RowPosition Position(IRowPositions positions, int result) => positions.PositionOf(_from[_next + result]);

    /// <summary>Calls the step for the next of the rows taken, as many as a batch holds.</summary>
    /// <returns>For how many; if for none, all that were taken are forgotten.</returns>
    /// <exception cref="PipelineException">The step failed for a row, which is named; of several the first in order that is known.</exception>
    internal async ValueTask<int> NextAsync(IRowPositions positions, Func<TIn, CancellationToken, ValueTask<TResult>> step, CancellationToken cancellationToken)
    {
        Array.Clear(_results, 0, _called);
        _next += _called;
        _called = 0;
        int count = Math.Min(_rows.Count - _next, _results.Length);
        if (count == 0)
        {
            _rows.Clear();
            _from.Clear();
            _next = 0;
            return 0;
        }

        await CallAsync(count, positions, step, cancellationToken).ConfigureAwait(false);
        _called = count;
        return count;
    }

    /// <summary>As many calls at a time as the step allows: each worker takes the next row when it has done one.</summary>
    private async Task CallAsync(int count, IRowPositions positions, Func<TIn, CancellationToken, ValueTask<TResult>> step, CancellationToken cancellationToken)
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

    private ValueTask<TResult> CallOneAsync(TIn row, Func<TIn, CancellationToken, ValueTask<TResult>> step, CancellationToken cancellationToken) =>
        ReferenceEquals(_retries, ResiliencePipeline.Empty)
            ? step(row, cancellationToken)
            : _retries.ExecuteAsync(static (call, token) => call.Step(call.Row, token), (Step: step, Row: row), cancellationToken);
}
