namespace TypedPipelines.Schedules;

/// <summary>Knows when schedules come due, and says so at that time. The package TypedPipelines.Scheduling has the one that <c>serve</c> works with.</summary>
public interface IPipelineScheduler
{
    /// <summary>The last time of a schedule before an instant, or at it; null where there is none.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="at">The instant.</param>
    /// <exception cref="PipelineException">The schedule cannot be read.</exception>
    DateTimeOffset? LastUntil(PipelineSchedule schedule, DateTimeOffset at);

    /// <summary>The first time of a schedule after an instant; null where there is none.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="at">The instant.</param>
    /// <exception cref="PipelineException">The schedule cannot be read.</exception>
    DateTimeOffset? NextAfter(PipelineSchedule schedule, DateTimeOffset at);

    /// <summary>Says of each pipeline when its time has come, until it is stopped.</summary>
    /// <param name="pipelines">The pipelines; those without a schedule never come due.</param>
    /// <param name="due">Told on any thread, at each time. It is to return at once.</param>
    /// <param name="cancellationToken">Stops it, which is its regular end.</param>
    Task RunAsync(IReadOnlyList<PipelineDescriptor> pipelines, Action<PipelineDescriptor> due, CancellationToken cancellationToken);
}
