using Microsoft.Extensions.Logging;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>A logger that hears when a publish is about to ask for its tables, and how often it was begun again.</summary>
internal sealed class PublishLog : ILogger
{
    private readonly TaskCompletionSource _atTables = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _retries;

    /// <summary>Ends when the publish has its lock row, and comes to the tables.</summary>
    internal Task AtTables => _atTables.Task;

    internal int Retries => Volatile.Read(ref _retries);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "SqlServerRetrying")
        {
            Interlocked.Increment(ref _retries);
        }
        else if (eventId.Name == "SqlServerStatement" && formatter(state, exception) == "SQL Server: " + TableLocks.Take)
        {
            _atTables.TrySetResult();
        }
    }
}
