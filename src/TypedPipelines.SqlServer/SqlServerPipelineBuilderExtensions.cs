using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.SqlServer;

namespace TypedPipelines;

/// <summary>Registers SQL Server as a destination.</summary>
public static class SqlServerPipelineBuilderExtensions
{
    /// <summary>Makes a database of SQL Server or Azure SQL a destination of the application's pipelines.</summary>
    /// <param name="builder">Where to register it.</param>
    /// <param name="connectionString">Such as <c>Server=db;Database=analytics;User ID=loader</c>; null where configuration gives it.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UseSqlServer(this IPipelineBuilder builder, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new DestinationRegistration(
            SqlServerDestination.DestinationName,
            connectionString,
            static (services, connection) => new SqlServerDestination(
                connection,
                services.GetService<TimeProvider>() ?? TimeProvider.System,
                services.GetRequiredService<ILogger<SqlServerDestination>>()))
        {
            CreateDatabase = NewDatabases.CreateAsync,
        });
        return builder;
    }
}
