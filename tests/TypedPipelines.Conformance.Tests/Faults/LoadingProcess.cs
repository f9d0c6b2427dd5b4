using System.Diagnostics;
using System.Globalization;

namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>A process that loads nine megabytes, and says before each statement which one comes.</summary>
internal sealed class LoadingProcess : IDisposable
{
    private const string Reading = "reading";

    /// <summary>How a publish begins at SQLite, PostgreSQL and SQL Server.</summary>
    private static readonly string[] Begins = [": begin im", ": begin is", ": begin tr"];

    private const string Copying = ": bulk copy into ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _copying = new();
    private readonly ManualResetEventSlim _publishing = new();
    private readonly List<string> _said = [];

    internal LoadingProcess(Destination destination, string connection, string pipeline, string partition, int version)
    {
        string program = Repository.Path(
            "artifacts", "bin", "TypedPipelines.CrashTarget", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "TypedPipelines.CrashTarget.dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, "run", pipeline, "--partition", partition, "--destination", destination.ToString().ToLowerInvariant(), "--connection", connection])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CRASH_TELL"] = "1";
        start.Environment["LARGE_VERSION"] = version.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it said last.</summary>
    internal string Last => Said[^1];

    /// <summary>Whether it had rows to stage still, or was in the transaction that publishes them.</summary>
    internal (bool Staging, bool Publishing) Doing
    {
        get
        {
            string[] since = [.. Said.SkipWhile(line => line != Reading)];
            bool isPublishing = since.Any(IsBeginOfPublish);
            return (!isPublishing, isPublishing && !since.Any(line => line.Contains(" read, ", StringComparison.Ordinal)));
        }
    }

    /// <summary>Whether a bulk copy was the last that it began: with a buffer of some megabytes, most of the time the rows of it are on their way.</summary>
    internal bool IsCopying => Last.Contains(Copying, StringComparison.Ordinal);

    /// <summary>All that it said.</summary>
    internal string[] Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Waits until it reads its first row.</summary>
    internal void WaitForBegin() => _begun.Wait(Patience).ShouldBeTrue("the process did not begin");

    /// <summary>Waits until it begins a bulk copy, where it makes any.</summary>
    internal void WaitForCopy() => _copying.Wait(Patience).ShouldBeTrue("the process copied nothing");

    /// <summary>Waits until it begins the transaction that publishes.</summary>
    internal void WaitForPublish() => _publishing.Wait(Patience).ShouldBeTrue("the process published nothing");

    /// <summary>Waits for its end, which is to be a good one.</summary>
    internal void WaitForEnd()
    {
        _process.WaitForExit(Patience).ShouldBeTrue("the process did not end");
        _process.WaitForExit(); // Until all that it said is heard.
        _process.ExitCode.ShouldBe(0, string.Join('\n', Said));
    }

    /// <summary>Kills it, as a machine would that has no memory left: no handler runs, and nothing is flushed.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _begun.Dispose();
        _copying.Dispose();
        _publishing.Dispose();
    }

    private static bool IsBeginOfPublish(string line) => Begins.Any(begin => line.Contains(begin, StringComparison.Ordinal));

    private void Hear(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.Add(line);
            }

            if (line == Reading)
            {
                _begun.Set();
            }
            else if (line.Contains(Copying, StringComparison.Ordinal))
            {
                _copying.Set();
            }
            else if (_begun.IsSet && IsBeginOfPublish(line))
            {
                _publishing.Set();
            }
        }
    }
}
