using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Alerts;

/// <summary>What the alerts of all plans of a process have in common: where they go, and what was sent.</summary>
internal sealed class AlertCentre(AlertOptions options, IEnumerable<IAlertSink> sinks) : IDisposable
{
    private readonly WebhookSink[] _webhooks = [.. options.Webhooks.Select(static webhook => new WebhookSink(webhook))];

    internal AlertOptions Options => options;

    internal IReadOnlyList<IAlertSink> Sinks => [.. _webhooks, .. sinks];

    internal ProcessMemory Memory { get; } = new();

    /// <summary>Begins the alerts of a plan; null where nobody has asked for any, or they would go nowhere.</summary>
    internal static AlertSending? Begin(IServiceProvider? services, IDestination destination, TimeProvider clock, ILoggerFactory loggers) =>
        services?.GetService<AlertCentre>() is { Sinks.Count: > 0 } centre ? new AlertSending(centre, destination, clock, loggers.CreateLogger(RunLog.Notices)) : null;

    public void Dispose() => Array.ForEach(_webhooks, static webhook => webhook.Dispose());
}
