using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedPipelines.Scheduling;
using TypedPipelines.Schedules;

namespace TypedPipelines;

/// <summary>Lets a program run its pipelines by their schedules.</summary>
public static class SchedulingBuilderExtensions
{
    /// <summary>Has the command <c>serve</c> run pipelines at the times that <see cref="ScheduleAttribute"/> declares.</summary>
    /// <param name="builder">The program.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UseSchedules(this IPipelineBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IPipelineScheduler>(services => new QuartzPipelineScheduler(services.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder;
    }
}
