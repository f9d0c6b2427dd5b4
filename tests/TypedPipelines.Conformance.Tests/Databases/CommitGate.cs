using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// A logger that stops a run in front of the commit of its publish, when the rows and the ledger's entry are written, until
/// it is let through: what others see meanwhile, they see for as long as a test likes to look.
/// </summary>
internal sealed class CommitGate : ILogger, IDisposable
{
    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _open = new();
    private volatile bool _closed;
    private volatile bool _entryWritten;

    /// <summary>Stops the next publish.</summary>
    internal void Close() => (_closed, _entryWritten) = (true, false);

    /// <summary>Waits until a run stands before the gate.</summary>
    internal void WaitForArrival() => _arrived.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue("no publish came to its commit");

    internal void LetThrough() => _open.Set();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!_closed || eventId.Name?.EndsWith("Statement", StringComparison.Ordinal) != true)
        {
            return;
        }

        string statement = formatter(state, exception);
        // Staging may commit something, too: only what follows the ledger's entry is the publish.
        _entryWritten |= statement.Contains("insert into", StringComparison.Ordinal) && (statement.Contains("partition (", StringComparison.Ordinal) || statement.Contains("[partition] (", StringComparison.Ordinal));
        _entryWritten |= statement.Contains("partition as ", StringComparison.Ordinal);
        if (_entryWritten && (statement.EndsWith("commit", StringComparison.Ordinal) || statement.EndsWith("commit transaction", StringComparison.Ordinal)))
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
