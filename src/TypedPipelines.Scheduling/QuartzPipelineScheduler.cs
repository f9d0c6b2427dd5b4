using Quartz;
using TypedPipelines.Schedules;

namespace TypedPipelines.Scheduling;

/// <summary>Schedules on Quartz.NET. It only tells the time: what is missing, the ledger knows, so that nothing of it needs to be kept.</summary>
/// <param name="clock">The clock.</param>
internal sealed class QuartzPipelineScheduler(TimeProvider clock) : IPipelineScheduler
{
    /// <inheritdoc/>
    public DateTimeOffset? LastUntil(PipelineSchedule schedule, DateTimeOffset at) => Read(schedule).GetPreviousValidTimeBefore(at.AddSeconds(1));

    /// <inheritdoc/>
    public DateTimeOffset? NextAfter(PipelineSchedule schedule, DateTimeOffset at) => Read(schedule).GetNextValidTimeAfter(at);

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<PipelineDescriptor> pipelines, Action<PipelineDescriptor> due, CancellationToken cancellationToken)
    {
        Dictionary<string, PipelineDescriptor> byName = pipelines.ToDictionary(pipeline => pipeline.Name, StringComparer.Ordinal);
        IScheduler scheduler = await QuartzSchedulerBuilder.Create(quartz => quartz
            .UseInMemoryStore()
            .UseDefaultThreadPool(1)
            .UseTimeProvider(clock)
            .AddJobType(_ => new DueJob(name => due(byName[name])))).BuildScheduler(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (PipelineDescriptor pipeline in pipelines.Where(pipeline => pipeline.Schedule is not null))
            {
                IJobDetail job = JobBuilder.Create<DueJob>().WithIdentity(pipeline.Name).Build();
                ITrigger trigger = TriggerBuilder.Create(clock)
                    .WithIdentity(pipeline.Name)
                    // Times that went by while the machine slept come due once: the ledger knows how many windows that is.
                    .WithSchedule(CronScheduleBuilder.Create(Read(pipeline.Schedule!)).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                    .Build();
                await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            await scheduler.Start(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await scheduler.Shutdown(true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static CronExpression Read(PipelineSchedule schedule) => CronExpression.TryParse(schedule.Cron, CronFormat.Unix, out CronExpression? cron)
        ? cron.WithTimeZone(schedule.Zone)
        : throw new PipelineException(
            FailureKind.Usage, $"the schedule '{schedule.Cron}' cannot be read", "Give it cron's five fields, such as 0 6 * * * for six o'clock every day.");
}
