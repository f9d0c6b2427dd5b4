using System.Collections.Concurrent;
using TypedPipelines.Schedules;

namespace TypedPipelines.Cli.Tests.Fakes;

/// <summary>A scheduler whose times come when a test says so.</summary>
internal sealed class HandScheduler : IPipelineScheduler
{
    private readonly ConcurrentDictionary<string, Action> _due = new(StringComparer.Ordinal);

    /// <summary>The last time before now; null where there was none.</summary>
    internal DateTimeOffset? Last { get; set; }

    /// <summary>A failure of the scheduler itself.</summary>
    internal Exception? Fails { get; set; }

    public DateTimeOffset? LastUntil(PipelineSchedule schedule, DateTimeOffset at) => Last;

    public DateTimeOffset? NextAfter(PipelineSchedule schedule, DateTimeOffset at) => at.AddHours(1);

    public async Task RunAsync(IReadOnlyList<PipelineDescriptor> pipelines, Action<PipelineDescriptor> due, CancellationToken cancellationToken)
    {
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            _due[pipeline.Name] = () => due(pipeline);
        }

        if (Fails is not null)
        {
            throw Fails;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal void ComesDue(string pipeline)
    {
        SpinWait.SpinUntil(() => _due.ContainsKey(pipeline), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        _due[pipeline]();
    }
}
