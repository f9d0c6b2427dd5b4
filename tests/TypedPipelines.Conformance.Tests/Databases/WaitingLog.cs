using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>A logger that hears when a run begins to wait for another one.</summary>
internal sealed class WaitingLog : ILogger
{
    private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task SomeoneWaits => _waits.Task.WaitAsync(TimeSpan.FromMinutes(1));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name?.EndsWith("Waiting", StringComparison.Ordinal) == true)
        {
            _waits.TrySetResult();
        }
    }
}
