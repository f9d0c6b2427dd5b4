using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TypedPipelines.CrashTarget;

/// <summary>Counts the statements that a destination says it is about to execute, and pulls the plug at one of them. Where CRASH_TELL is set, writes each.</summary>
internal sealed class KillingLoggerProvider : ILoggerProvider
{
    /// <summary>The events of SQLite, of PostgreSQL and of SQL Server.</summary>
    private static readonly int[] StatementEvents = [3001, 4001, 5001];

    private static readonly int KillAt = int.Parse(Environment.GetEnvironmentVariable("CRASH_AT_STATEMENT") ?? "0", CultureInfo.InvariantCulture);

    private static readonly bool Tells = Environment.GetEnvironmentVariable("CRASH_TELL") is not null;

    private int _statements;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("CRASH_COUNT_FILE") is { } file)
        {
            File.WriteAllText(file, _statements.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Count(string statement)
    {
        if (Tells)
        {
            Console.WriteLine($"statement {statement.ReplaceLineEndings(" ")}");
        }

        if (Interlocked.Increment(ref _statements) == KillAt)
        {
            Process.GetCurrentProcess().Kill(); // SIGKILL: no handler, no finally block, no flush.
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private sealed class Logger(KillingLoggerProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (StatementEvents.Contains(eventId.Id))
            {
                provider.Count(formatter(state, exception));
            }
        }
    }
}
