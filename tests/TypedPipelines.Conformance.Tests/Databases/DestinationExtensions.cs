using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Databases;

/// <summary>From a destination's name to a database of it.</summary>
internal static class DestinationExtensions
{
    /// <summary>Whether <see cref="NewDatabase"/> knows it.</summary>
    internal static bool IsKnown(this Destination destination) => destination != Destination.SqlServer;

    /// <summary>An empty database of the test's own.</summary>
    internal static TestDatabase NewDatabase(this Destination destination, ILogger? logger = null) => destination switch
    {
        Destination.Sqlite => new SqliteTestDatabase(logger: logger),
        Destination.PostgreSql => new PostgreSqlTestDatabase(logger),
        // To be a SqlServerTestDatabase beside the two, known above: then the page counts its tests, too.
        _ => throw new NotSupportedException($"there is no test database for {destination} yet"),
    };
}
