using Microsoft.Extensions.Logging;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>A logger that does something just before the first statement that begins with a text.</summary>
internal sealed class StatementHook(string beginning, Action action) : ILogger
{
    private int _done;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "SqlServerStatement" && formatter(state, exception).StartsWith("SQL Server: " + beginning, StringComparison.Ordinal) && Interlocked.Exchange(ref _done, 1) == 0)
        {
            action();
        }
    }
}
