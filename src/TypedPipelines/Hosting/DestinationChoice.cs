using Microsoft.Extensions.Configuration;
using TypedPipelines.Destinations;

namespace TypedPipelines.Hosting;

/// <summary>The destination that a command line names.</summary>
/// <param name="Name"><c>--destination</c>; null where it is not given.</param>
/// <param name="Connection"><c>--connection</c>; null where it is not given.</param>
internal sealed record AskedDestination(string? Name, string? Connection);

/// <summary>
/// Chooses the destination: the command line before the configuration, the configuration before the program. A connection
/// string goes only to the destination it was written for.
/// </summary>
internal static class DestinationChoice
{
    internal const string DestinationKey = "TypedPipelines:Destination";
    internal const string ConnectionKey = "TypedPipelines:Connection";

    /// <summary>Chooses.</summary>
    /// <param name="registered">The destinations that the program registered.</param>
    /// <param name="configuration">The configuration; null where the host has none.</param>
    /// <param name="line">What the command line asks for; null where there is none.</param>
    /// <exception cref="PipelineException">There is no such destination, or no connection string for it.</exception>
    internal static (DestinationRegistration Destination, string Connection) Choose(
        IReadOnlyList<DestinationRegistration> registered, IConfiguration? configuration, AskedDestination? line = null)
    {
        if (registered.Count == 0)
        {
            throw new PipelineException(
                FailureKind.Usage, "no destination is registered", "Call the method of a destination's package in Program.cs, such as app.UseSqlite(...).");
        }

        string? configuredName = NullIfBlank(configuration?[DestinationKey]);
        string? configuredConnection = NullIfBlank(configuration?[ConnectionKey]);
        // Which of them the configuration means, so that --destination does not hand one database's connection string to another.
        // A name that configuration gets wrong is no obstacle to a command line that names another.
        DestinationRegistration? configured = configuredName is null ? registered[0] : Find(registered, configuredName);
        DestinationRegistration chosen = line?.Name is not { } asked
            ? configured ?? throw Unknown(registered, configuredName!, $"the configuration key {DestinationKey}")
            : Find(registered, asked) ?? throw Unknown(registered, asked, "--destination");
        string? connection = NullIfBlank(line?.Connection)
            ?? (chosen == configured ? configuredConnection : null)
            ?? NullIfBlank(chosen.DefaultConnectionString);
        return (chosen, connection ?? throw new PipelineException(
            FailureKind.Usage,
            $"the destination {chosen.Name} has no connection string",
            $"Give it with {(line is null ? "" : "--connection, ")}the environment variable TYPEDPIPELINES__CONNECTION or the configuration key {ConnectionKey}. {Registered(registered)}"));
    }

    private static DestinationRegistration? Find(IReadOnlyList<DestinationRegistration> registered, string name) =>
        registered.FirstOrDefault(destination => destination.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static PipelineException Unknown(IReadOnlyList<DestinationRegistration> registered, string name, string where) => new(
        FailureKind.Usage,
        $"there is no destination named '{name}', which {where} asks for",
        NearestName.Question(name, registered.Select(destination => destination.Name)) + Registered(registered));

    private static string Registered(IReadOnlyList<DestinationRegistration> registered) =>
        $"Registered: {string.Join(", ", registered.Select(destination => destination.Name))}.";

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
