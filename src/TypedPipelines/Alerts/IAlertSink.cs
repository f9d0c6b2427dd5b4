namespace TypedPipelines.Alerts;

/// <summary>
/// Where alerts go. Register it with the host's services, beside <c>UseAlerts</c>. It is called beside the runs, one alert at a time, and can hold up none; what it throws is
/// logged by its type (1020), and changes nothing.
/// </summary>
public interface IAlertSink
{
    /// <summary>What it is called in logs: no address, for that of a webhook is a secret.</summary>
    string Name { get; }

    /// <summary>Sends an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Stops it: the time that alerts may take is over.</param>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
