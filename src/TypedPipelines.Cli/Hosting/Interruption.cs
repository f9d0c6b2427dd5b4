using System.Runtime.InteropServices;

namespace TypedPipelines.Cli.Hosting;

/// <summary>
/// Ctrl-C and SIGTERM. The first one cancels, and the partition being worked on gets the time it needs to roll back; the
/// second one ends the process at once, which is safe too: what was not published is not there.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<int> _kill;
    private int _signals;

    /// <summary>Creates one that hears no signals yet.</summary>
    /// <param name="kill">Ends the process with an exit code.</param>
    internal Interruption(Action<int> kill) => _kill = kill;

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _stop.Token;

    /// <summary>Where the notice of the first signal goes.</summary>
    internal Action<string> Notice { get; set; } = _ => { };

    /// <summary>The partition being worked on; null where none is.</summary>
    internal string? Current { get; set; }

    /// <summary>Listens for the signals of this process.</summary>
    /// <param name="beforeKill">Done before the process is ended.</param>
    internal static Interruption OfProcess(Action beforeKill)
    {
        var interruption = new Interruption(code =>
        {
            beforeKill();
            Environment.Exit(code);
        });
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interruption.Signal();
            }));
        }

        return interruption;
    }

    /// <summary>A signal came.</summary>
    internal void Signal()
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            _kill(ExitCode.Cancelled);
            return;
        }

        string current = Current is { } partition ? $"; {partition} is left as it was, unless its publish has begun" : "";
        Notice($"Stopping{current}. Interrupt again to end at once.");
        // Not here: what hangs on the token runs on the thread that cancels, and this one must stay free for the second signal.
        _ = _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }
}
