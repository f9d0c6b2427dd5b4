using System.Globalization;

namespace TypedPipelines.OpenLineage;

/// <summary>Where OpenLineage events go.</summary>
public sealed record OpenLineageOptions
{
    /// <summary>The server, such as <c>http://marquez:5000</c>; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>The path of the endpoint on that server.</summary>
    public string Endpoint { get; init; } = "api/v1/lineage";

    /// <summary>Sent as a bearer token; null for none. It is in no log and in no event.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A file to which each event is added as a line of JSON; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The namespace of jobs, and of sources that are no tables.</summary>
    public string Namespace { get; init; } = "typedpipelines";

    /// <summary>Whether the message of a failure is sent, which can have values of the row that failed; without it, its kind and the run by which the ledger has the message.</summary>
    public bool IncludeMessages { get; init; }

    /// <summary>How long an event may take on its way; it is given up then, which is logged.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The options that OpenLineage's own clients read: <c>OPENLINEAGE_URL</c>, <c>OPENLINEAGE_ENDPOINT</c>, <c>OPENLINEAGE_API_KEY</c>, <c>OPENLINEAGE_NAMESPACE</c>,
    /// <c>OPENLINEAGE_DISABLED</c>; and <c>OPENLINEAGE_FILE</c>.
    /// </summary>
    /// <exception cref="PipelineException">The URL is none.</exception>
    public static OpenLineageOptions FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static OpenLineageOptions From(Func<string, string?> variable)
    {
        var options = new OpenLineageOptions();
        if (bool.TryParse(variable("OPENLINEAGE_DISABLED"), out bool disabled) && disabled)
        {
            return options;
        }

        string? url = variable("OPENLINEAGE_URL");
        Uri? parsed = null;
        if (!string.IsNullOrWhiteSpace(url) && !(Uri.TryCreate(url, UriKind.Absolute, out parsed) && parsed.Scheme is "http" or "https"))
        {
            throw new PipelineException(FailureKind.Usage, "the variable OPENLINEAGE_URL holds no address of a server", "Write it like: http://marquez:5000");
        }

        return options with
        {
            Url = parsed,
            Endpoint = variable("OPENLINEAGE_ENDPOINT") ?? options.Endpoint,
            ApiKey = variable("OPENLINEAGE_API_KEY"),
            File = variable("OPENLINEAGE_FILE"),
            Namespace = variable("OPENLINEAGE_NAMESPACE") ?? options.Namespace,
        };
    }
}
