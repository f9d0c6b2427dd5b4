using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.OpenLineage;
using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>Has runs told to an OpenLineage server.</summary>
public static class OpenLineageBuilderExtensions
{
    /// <summary>Sends an event for the start of each run, and one for its end. Where the options name neither server nor file, none.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="options">Where to; null for what the environment says: <see cref="OpenLineageOptions.FromEnvironment"/>.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder UseOpenLineage(this IPipelineBuilder builder, OpenLineageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IRunListener>(_ => new LineageListener(options ?? OpenLineageOptions.FromEnvironment()));
        return builder;
    }
}
