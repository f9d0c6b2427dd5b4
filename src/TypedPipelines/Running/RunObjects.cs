using Microsoft.Extensions.DependencyInjection;

namespace TypedPipelines.Running;

/// <summary>
/// What lives as long as a run's steps: the pipeline's object, and the services that it was given of the run's scope. They end before the
/// publish, while a failure to end them, as of a buffer that cannot be sent, can still keep it from happening.
/// </summary>
internal sealed class RunObjects(string pipeline, IServiceProvider? services)
{
    private AsyncServiceScope? _scope = services?.CreateAsyncScope();

    /// <summary>The services of the run; null where the host has none.</summary>
    internal IServiceProvider? Services => _scope?.ServiceProvider;

    /// <summary>The pipeline's object; null where its steps are all static.</summary>
    internal object? Pipeline { get; set; }

    /// <summary>Disposes all, once.</summary>
    /// <exception cref="PipelineException">Something could not be disposed.</exception>
    internal async ValueTask EndAsync()
    {
        object? owned = Pipeline;
        AsyncServiceScope? scope = _scope;
        Pipeline = null;
        _scope = null;
        PipelineException? failure = await TryAsync(owned, e => Failure($"{owned!.GetType().Name}.{(owned is IAsyncDisposable ? nameof(IAsyncDisposable.DisposeAsync) : nameof(IDisposable.Dispose))} threw", e)).ConfigureAwait(false);
        failure = await TryAsync(scope, e => Failure($"a service of the run of pipeline {pipeline} could not be disposed:", e)).ConfigureAwait(false) ?? failure;
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static async ValueTask<PipelineException?> TryAsync(object? ended, Func<Exception, PipelineException> failure)
    {
        try
        {
            if (ended is IAsyncDisposable waits)
            {
                await waits.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (ended as IDisposable)?.Dispose();
            }

            return null;
        }
        catch (Exception e)
        {
            return failure(e);
        }
    }

    private static PipelineException Failure(string what, Exception cause) => new(
        FailureKind.Step,
        $"{what} {cause.GetType().Name}: {cause.Message.TrimEnd('.')}",
        "Nothing was changed. What could not be ended may hold what was not written: mend it, and run the partition again; --verbose shows the stack trace.",
        cause);
}
