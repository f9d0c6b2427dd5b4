using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Alerts;

namespace TypedPipelines;

/// <summary>Has somebody told of what fails, warns, is late or needs a hand.</summary>
public static class AlertBuilderExtensions
{
    /// <summary>Sends alerts to webhooks, and to each <see cref="IAlertSink"/> of the host's services. Where there is neither, none.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="options">Where to, and what they say; null for what the environment says: <see cref="AlertOptions.FromEnvironment"/>.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UseAlerts(this IPipelineBuilder builder, AlertOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(services => new AlertCentre(options ?? AlertOptions.FromEnvironment(), services.GetServices<IAlertSink>()));
        return builder;
    }
}
