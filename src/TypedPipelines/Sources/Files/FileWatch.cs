using System.Globalization;

namespace TypedPipelines;

/// <summary>
/// Knows the files that a run reads as they were when it began to read them. One that is still being written to would be loaded by half, and
/// its last value cut off: so it is not read before nothing has been written to it for a while, and nothing is published where it has changed since.
/// </summary>
/// <param name="quiet">How long nothing must have been written to a file.</param>
internal sealed class FileWatch(TimeSpan quiet)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (FilePath File, State State)> _read = new(StringComparer.Ordinal);

    /// <summary>How many bytes the files have that were read, as they lie there: compressed ones are not made larger.</summary>
    internal long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _read.Values.Sum(static read => read.State.Length);
            }
        }
    }

    /// <summary>Waits until a file is quiet, and keeps in mind how it was.</summary>
    /// <param name="file">The file, which is about to be read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PipelineException">It is being written to.</exception>
    internal async ValueTask BeginAsync(FilePath file, CancellationToken cancellationToken)
    {
        await WaitUntilQuietAsync(file.Origin, file.FullPath, quiet, cancellationToken).ConfigureAwait(false);
        if (State.Of(file.FullPath) is { } state)
        {
            lock (_lock)
            {
                _read.TryAdd(file.FullPath, (file, state));
            }
        }
    }

    /// <summary>Looks again at all that was read.</summary>
    /// <exception cref="PipelineException">One of them has changed. One that is gone was read as it was.</exception>
    internal void CheckUnchanged()
    {
        lock (_lock)
        {
            foreach ((FilePath file, State before) in _read.Values)
            {
                if (State.Of(file.FullPath) is { } now && now.DiffersFrom(before))
                {
                    throw Growing(file.Origin, "while it was read");
                }
            }
        }
    }

    /// <summary>Waits until a file has not been written to for a while.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="quiet">How long nothing must have been written.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PipelineException">It is still being written to.</exception>
    internal static async Task WaitUntilQuietAsync(string name, string path, TimeSpan quiet, CancellationToken cancellationToken)
    {
        if (State.Of(path) is not { } before)
        {
            return; // Whoever reads it says so.
        }

        // The clock of the file system is the machine's own, whatever clock the host was given.
        TimeSpan since = DateTime.UtcNow - before.Written;
        if (since >= quiet)
        {
            return;
        }

        await Task.Delay(since < TimeSpan.Zero ? quiet : quiet - since, cancellationToken).ConfigureAwait(false);
        if (State.Of(path) is { } after && after.DiffersFrom(before))
        {
            throw Growing(name, string.Create(CultureInfo.InvariantCulture, $"from {before.Length} to {after.Length} bytes while this run waited for it"));
        }
    }

    /// <summary>The file is not what it was when the run began.</summary>
    internal static PipelineException Growing(string name, string how) => new(
        FailureKind.Source,
        $"the file {name} is still being written to: it changed {how}",
        "Nothing was changed. Run it again when the file is complete; whoever delivers files should write under a hidden name (.orders.csv) and rename.");

    private readonly record struct State(long Length, DateTime Written)
    {
        internal static State? Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new State(file.Length, file.LastWriteTimeUtc) : null;
        }

        /// <summary>A pipe has no length at any time, and a time of its own.</summary>
        internal bool DiffersFrom(State before) => this != before && (Length > 0 || before.Length > 0);
    }
}
