using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The connections of a destination's runs. What one run gives back the next one uses: to open a connection reads the schema, and to
/// close the last one copies the whole write-ahead log into the database, which SQLite otherwise does once in a thousand pages.
/// </summary>
internal sealed class SessionConnections(SqliteLocation location, ILogger logger) : IDisposable
{
    /// <summary>A temporary schema of more pages is given back to the disk, by closing the connection.</summary>
    private const long MostPages = 4096;

    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private volatile bool _disposed;

    internal SqliteDatabase Take()
    {
        if (!location.Exists)
        {
            // What is open is a file that somebody has deleted.
            Close();
        }

        return _idle.TryTake(out SqliteDatabase? idle) ? idle : SqliteDatabase.OpenForWriting(location, logger);
    }

    /// <summary>Takes a connection back from a run that has ended as it should; any other run closes its own.</summary>
    internal void GiveBack(SqliteDatabase database)
    {
        bool kept = false;
        try
        {
            if (!_disposed && TryEmpty(database))
            {
                _idle.Add(database);
                kept = true;
            }
        }
        finally
        {
            if (!kept)
            {
                database.Dispose();
            }
        }

        if (_disposed)
        {
            Close();
        }
    }

    /// <summary>Closes the connections that nobody uses.</summary>
    internal void Close()
    {
        while (_idle.TryTake(out SqliteDatabase? idle))
        {
            idle.Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Close();
    }

    /// <summary>What a run has staged must not be found by the next.</summary>
    /// <returns>Whether the connection is worth keeping.</returns>
    private static bool TryEmpty(SqliteDatabase database)
    {
        try
        {
            if (PagesOf(database) > MostPages)
            {
                return false;
            }

            foreach (string table in Tables(database))
            {
                database.Run($"drop table temp.\"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            }

            return true;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private static long PagesOf(SqliteDatabase database)
    {
        using SqliteQuery query = database.Prepare("pragma temp.page_count");
        query.Step();
        return query.Number(0);
    }

    private static List<string> Tables(SqliteDatabase database)
    {
        var tables = new List<string>();
        using SqliteQuery query = database.Prepare("select name from temp.sqlite_master where type = 'table'");
        while (query.Step())
        {
            tables.Add(query.Text(0)!);
        }

        return tables;
    }
}
