using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Hosting;
using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Registers pipelines in a host of one's own, such as a web application or a worker.</summary>
public static class PipelineServiceCollectionExtensions
{
    /// <summary>
    /// Registers pipelines and their destination, and what plans and runs them: <see cref="PipelineCatalog"/>, <see cref="IDestination"/>, <see cref="Planner"/> and <see cref="PipelineRunner"/>.
    /// Which destination, and its connection string, the configuration says (<c>TypedPipelines:Destination</c>, <c>TypedPipelines:Connection</c>) before <paramref name="configure"/>, as for a program with the command line.
    /// <code>
    /// builder.Services.AddTypedPipelines(pipelines =>
    /// {
    ///     pipelines.AddPipelines();
    ///     pipelines.UseSqlite();
    /// });
    /// </code>
    /// </summary>
    /// <param name="services">The host's services, with logging among them.</param>
    /// <param name="configure">Registers pipelines and destinations.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTypedPipelines(this IServiceCollection services, Action<IPipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        configure(new HostedPipelines(services));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new RunOptions());
        services.TryAddSingleton(static provider => new PipelineCatalog(provider.GetServices<PipelineRegistration>()));
        services.TryAddSingleton(static provider =>
        {
            (DestinationRegistration destination, string connection) =
                DestinationChoice.Choose([.. provider.GetServices<DestinationRegistration>()], provider.GetService<IConfiguration>());
            return destination.Create(provider, connection);
        });
        services.TryAddSingleton(static provider => new Planner(
            provider.GetRequiredService<PipelineCatalog>(), provider.GetRequiredService<IDestination>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => new PipelineRunner(
            provider.GetRequiredService<PipelineCatalog>(),
            provider.GetRequiredService<IDestination>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<RunOptions>(),
            provider));
        return services;
    }

    private sealed class HostedPipelines(IServiceCollection services) : IPipelineBuilder
    {
        public IServiceCollection Services => services;
    }
}
