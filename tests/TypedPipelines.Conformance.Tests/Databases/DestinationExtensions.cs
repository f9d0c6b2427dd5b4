using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>From a destination's name to a database of it.</summary>
internal static class DestinationExtensions
{
    /// <summary>An empty database of the test's own.</summary>
    internal static TestDatabase NewDatabase(this Destination destination, ILogger? logger = null) => destination switch
    {
        Destination.Sqlite => new SqliteTestDatabase(logger: logger),
        Destination.PostgreSql => new PostgreSqlTestDatabase(logger),
        _ => new SqlServerTestDatabase(logger),
    };
}
