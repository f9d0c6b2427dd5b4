using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// A logger that stops a run in front of its next statement of some kind until it is let through: what others see meanwhile,
/// they see for as long as a test likes to look.
/// </summary>
internal sealed class StatementGate(string endOfStatement) : ILogger, IDisposable
{
    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _open = new();
    private volatile bool _closed;

    /// <summary>Stops the next statement of the kind.</summary>
    internal void Close() => _closed = true;

    /// <summary>Waits until a run stands before the gate.</summary>
    internal void WaitForArrival() => _arrived.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue($"no statement ended with '{endOfStatement}'");

    internal void LetThrough() => _open.Set();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_closed && eventId.Name?.EndsWith("Statement", StringComparison.Ordinal) == true
            && formatter(state, exception).EndsWith(endOfStatement, StringComparison.OrdinalIgnoreCase))
        {
            _closed = false;
            _arrived.Set();
            _open.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue("nobody let the run through");
        }
    }

    public void Dispose()
    {
        _open.Set();
        _arrived.Dispose();
    }
}
