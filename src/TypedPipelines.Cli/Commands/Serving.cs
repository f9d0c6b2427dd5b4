using System.Threading.Channels;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;
using TypedPipelines.Schedules;

namespace TypedPipelines.Cli.Commands;

/// <summary>
/// Runs what has come due, one plan after the other: a pipeline never runs beside itself, and those that come due together are loaded in the order of their dependencies. Nothing is remembered of what came due:
/// what is missing, the ledger knows.
/// </summary>
internal sealed class Serving(CliSession session, IPipelineScheduler scheduler, IReadOnlyList<PipelineDescriptor> pipelines, bool yes, bool quiet)
{
    /// <summary>What comes due within so long belongs to one plan: the times of several pipelines are the same, and their threads are not.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    private readonly Channel<PipelineDescriptor> _due = Channel.CreateUnbounded<PipelineDescriptor>();

    internal async Task<int> RunAsync()
    {
        PipelineRunner runner = await session.StartAsync().ConfigureAwait(false);
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            string next = scheduler.NextAfter(pipeline.Schedule!, session.Clock.GetUtcNow()) is { } at ? $"next at {Invariant.Text(at)}" : "which never comes";
            Say($"{pipeline.Name}: {pipeline.Schedule}, {next}");
        }

        // What comes due while the missed is being caught up with, is not missed for that.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Stop);
        Task times = scheduler.RunAsync(pipelines, pipeline => _due.Writer.TryWrite(pipeline), stop.Token);
        try
        {
            await CatchUpAsync(runner).ConfigureAwait(false);
            while (!session.Stop.IsCancellationRequested)
            {
                Task<bool> some = _due.Reader.WaitToReadAsync(session.Stop).AsTask();
                if (await Task.WhenAny(some, times).ConfigureAwait(false) == times && !session.Stop.IsCancellationRequested)
                {
                    await times.ConfigureAwait(false); // It ends by itself only where it fails.
                    throw new InvalidOperationException("The scheduler has ended without being stopped.");
                }

                await some.ConfigureAwait(false);
                await Task.Delay(Together, session.Stop).ConfigureAwait(false);
                var names = new SortedSet<string>(StringComparer.Ordinal);
                while (_due.Reader.TryRead(out PipelineDescriptor? pipeline))
                {
                    names.Add(pipeline.Name);
                }

                Say($"{string.Join(", ", names)}: due");
                await LoadAsync(runner, [.. names], session.Planner).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (session.Stop.IsCancellationRequested)
        {
            // Its regular end.
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await times.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Say("stopped");
        return ExitCode.Done;
    }

    /// <summary>Loads what a backfill at the last time of each pipeline would have loaded: a window that ended since then is not due before the next.</summary>
    private async Task CatchUpAsync(PipelineRunner runner)
    {
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            session.Stop.ThrowIfCancellationRequested();
            if (scheduler.LastUntil(pipeline.Schedule!, session.Clock.GetUtcNow()) is { } last)
            {
                Say($"{pipeline.Name}: catching up with what was due at {Invariant.Text(last)}");
                await LoadAsync(runner, [pipeline.Name], new Planner(session.Catalog, session.Destination, new StoppedClock(last))).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A plan that fails, whatever of it, is told and tried again at the next time: what serves must outlive a night without its database.</summary>
    private async Task LoadAsync(PipelineRunner runner, string[] names, Planner planner)
    {
        try
        {
            await new Backfill(session, DryRun: false, Json: false, quiet)
            {
                Planner = planner,
                Nothing = plan => $"{string.Join(", ", names)}: {Backfill.NothingOf(plan, "")}",
                Yes = yes,
                Unattended = true,
            }.ExecuteAsync(new BackfillRequest(names)).ConfigureAwait(false);
            // Also where nothing ran: what is blocked, or was not agreed to, becomes late without a run.
            await runner.FindLateAsync(session.Select(names), session.Stop).ConfigureAwait(false);
        }
        catch (Exception e) when (!(e is OperationCanceledException && session.Stop.IsCancellationRequested))
        {
            ErrorText.Write(session.Screen, e, session.Verbose, "--help");
        }
    }

    private void Say(string text)
    {
        session.Screen.Output.WriteLine($"{Invariant.Text(session.Clock.GetUtcNow())} {Visible.Of(text)}");
        session.Screen.Output.Flush();
    }

    /// <summary>A clock that shows one time.</summary>
    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
