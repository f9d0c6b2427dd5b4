using System.Runtime.ExceptionServices;

namespace TypedPipelines.Running;

/// <summary>
/// The rows that a whole-set step pulls while they are read. They can be gone through once; a failure on the way fails the run even if
/// the step catches it, and rows that the step leaves are read and counted all the same.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class StepInput<TRow> : IAsyncEnumerable<TRow>
{
    private readonly IAsyncEnumerator<TRow> _rows;
    private readonly StepCount _count;
    private ExceptionDispatchInfo? _failure;
    private bool _begun;

    internal StepInput(StepCount count, IAsyncEnumerable<TRow> rows)
    {
        _count = count;
        _rows = rows.GetAsyncEnumerator(CancellationToken.None); // The run's own token is in it.
    }

    IAsyncEnumerator<TRow> IAsyncEnumerable<TRow>.GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        if (_begun)
        {
            var twice = new PipelineException(
                FailureKind.Step,
                $"step {_count.Name} goes through its rows a second time, and they are gone: they come as they are read",
                "Take them as IEnumerable, which holds them all, or keep what is needed of them.");
            _failure ??= ExceptionDispatchInfo.Capture(twice);
            throw twice;
        }

        _begun = true;
        return new Once(this, cancellationToken);
    }

    /// <summary>Reads what the step left, and throws what it may have caught.</summary>
    internal async ValueTask CompleteAsync()
    {
        _begun = true;
        while (_failure is null && await MoveNextAsync().ConfigureAwait(false))
        {
        }

        _failure?.Throw();
    }

    internal ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            bool more = await _rows.MoveNextAsync().ConfigureAwait(false);
            _count.Add(more ? 1 : 0, 0);
            return more;
        }
        catch (Exception e)
        {
            _failure ??= ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    /// <summary>The step's way through the rows; that it stops early does not stop the reading.</summary>
    private sealed class Once(StepInput<TRow> input, CancellationToken cancellationToken) : IAsyncEnumerator<TRow>
    {
        public TRow Current => input._rows.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return input.MoveNextAsync();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
