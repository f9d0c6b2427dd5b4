using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Statements that a cancellation stops, however long they run. SQLite asks as it works: its interrupt would be lost on a statement
/// that begins a moment later (https://www.sqlite.org/c3ref/interrupt.html).
/// </summary>
internal sealed class StoppableStatements : IDisposable
{
    /// <summary>Of the virtual machine's instructions, that is, well under a millisecond, and too seldom to be measured.</summary>
    private const int AskedEvery = 10_000;

    private readonly sqlite3 _database;
    private readonly bool _asks;

    internal StoppableStatements(sqlite3 database, CancellationToken cancellationToken)
    {
        _database = database;
        _asks = cancellationToken.CanBeCanceled;
        if (_asks)
        {
            raw.sqlite3_progress_handler(database, AskedEvery, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        }
    }

    public void Dispose()
    {
        if (_asks)
        {
            raw.sqlite3_progress_handler(_database, 0, null, null);
        }
    }
}
