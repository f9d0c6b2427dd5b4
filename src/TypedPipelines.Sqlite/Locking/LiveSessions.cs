using System.Collections.Concurrent;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The runs that this process is working on: what the system's table of processes is for other processes. It decides
/// nothing but whether a lock row that names this process was left behind.
/// </summary>
internal static class LiveSessions
{
    private static readonly ConcurrentDictionary<Guid, bool> Runs = new();

    internal static void Add(Guid run) => Runs[run] = true;

    internal static void Remove(Guid run) => Runs.TryRemove(run, out _);

    internal static bool Contains(Guid run) => Runs.ContainsKey(run);
}
