using Microsoft.Extensions.Logging;

namespace TypedPipelines.Testing;

/// <summary>Hears every statement of a destination before it runs; armed, it lets none run from the n-th on, as in a process that is gone.</summary>
internal sealed class StatementStop : ILoggerFactory, ILogger
{
    private int _left = int.MaxValue;

    /// <summary>How many statements were heard.</summary>
    internal int Heard { get; private set; }

    /// <summary>The statement that was not let through.</summary>
    internal string? Stopped { get; private set; }

    internal void Arm(int statement) => _left = statement;

    internal void Disarm() => _left = int.MaxValue;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name?.EndsWith("Statement", StringComparison.Ordinal) != true)
        {
            return;
        }

        Heard++;
        if (_left == int.MaxValue)
        {
            return;
        }

        if (--_left <= 0)
        {
            Stopped ??= formatter(state, exception);
            _left = 0;
            throw new ProcessGoneException();
        }
    }

    public void Dispose()
    {
    }

    /// <summary>In the place of the end of the process.</summary>
    internal sealed class ProcessGoneException() : Exception("the process ended here");
}
