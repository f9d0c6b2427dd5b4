namespace TypedPipelines.Destinations;

/// <summary>A destination that the host could load into. Configuration chooses one of those registered.</summary>
/// <param name="Name">The name that configuration and <c>--destination</c> know it by, such as <c>sqlite</c>.</param>
/// <param name="DefaultConnectionString">The connection string used where configuration gives none; null for none.</param>
/// <param name="Create">Creates it for a connection string.</param>
public sealed record DestinationRegistration(string Name, string? DefaultConnectionString, Func<IServiceProvider, string, IDestination> Create)
{
    /// <summary>Creates an empty database, for a test, at the server that a connection string names; null where a destination has no servers.</summary>
    internal Func<string, Task<NewDatabase>>? CreateDatabase { get; init; }
}
