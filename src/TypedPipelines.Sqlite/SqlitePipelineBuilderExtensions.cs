using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Sqlite;

namespace TypedPipelines;

/// <summary>Registers SQLite as a destination.</summary>
public static class SqlitePipelineBuilderExtensions
{
    /// <summary>Makes a SQLite file a destination of the application's pipelines.</summary>
    /// <param name="builder">Where to register it.</param>
    /// <param name="connectionString">Such as <c>Data Source=flights.db</c>; null where configuration gives it.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UseSqlite(this IPipelineBuilder builder, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new DestinationRegistration(
            SqliteDestination.DestinationName,
            connectionString,
            static (services, connection) => new SqliteDestination(
                connection,
                services.GetService<TimeProvider>() ?? TimeProvider.System,
                services.GetRequiredService<ILogger<SqliteDestination>>())));
        return builder;
    }
}
