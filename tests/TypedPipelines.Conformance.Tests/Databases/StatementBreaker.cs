using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>A logger that hears every statement, and on demand throws instead of letting the n-th one run.</summary>
internal sealed class StatementBreaker : ILogger
{
    private int _left = int.MaxValue;
    private long _heard = Stopwatch.GetTimestamp();

    internal List<string> Statements { get; } = [];

    /// <summary>What is to happen between a statement's log and its run.</summary>
    internal Action<string>? Hears { get; set; }

    /// <summary>The statement heard last.</summary>
    internal string Last
    {
        get
        {
            lock (Statements)
            {
                return Statements[^1];
            }
        }
    }

    /// <summary>Whether a transaction was begun and not ended, and nothing was heard for a time.</summary>
    internal bool IsSilentInTransaction(TimeSpan time)
    {
        lock (Statements)
        {
            return Statements.FindLastIndex(statement => statement.Contains(": begin ", StringComparison.Ordinal))
                > Statements.FindLastIndex(statement => statement.Contains(": commit", StringComparison.Ordinal) || statement.Contains("rollback", StringComparison.Ordinal))
                && Stopwatch.GetElapsedTime(_heard) >= time;
        }
    }

    internal void Arm(int statement) => _left = statement;

    /// <summary>Stops between two statements: none runs from here on.</summary>
    internal void StopHere()
    {
        Arm(1);
        throw new Stopped();
    }

    internal void Disarm() => _left = int.MaxValue;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name?.EndsWith("Statement", StringComparison.Ordinal) != true)
        {
            return;
        }

        string statement = formatter(state, exception);
        lock (Statements)
        {
            Statements.Add(statement);
            _heard = Stopwatch.GetTimestamp();
        }

        Hears?.Invoke(statement);

        if (_left != int.MaxValue && --_left <= 0)
        {
            // From here on no statement runs, as in a process that is gone: not even those of the clearing up.
            _left = 0;
            throw new Stopped();
        }
    }

    internal sealed class Stopped : Exception;
}
