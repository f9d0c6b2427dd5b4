using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.PostgreSql;

namespace TypedPipelines;

/// <summary>Registers PostgreSQL as a destination.</summary>
public static class PostgreSqlPipelineBuilderExtensions
{
    /// <summary>Makes a PostgreSQL database a destination of the application's pipelines.</summary>
    /// <param name="builder">Where to register it.</param>
    /// <param name="connectionString">Such as <c>Host=db;Database=analytics;Username=loader</c>; null where configuration gives it.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UsePostgreSql(this IPipelineBuilder builder, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new DestinationRegistration(
            PostgreSqlDestination.DestinationName,
            connectionString,
            static (services, connection) => new PostgreSqlDestination(
                connection,
                services.GetService<TimeProvider>() ?? TimeProvider.System,
                services.GetRequiredService<ILogger<PostgreSqlDestination>>()))
        {
            CreateDatabase = NewDatabases.CreateAsync,
        });
        return builder;
    }
}
