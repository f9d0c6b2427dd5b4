using Microsoft.Extensions.DependencyInjection;

namespace TypedPipelines;

/// <summary>Registers pipelines.</summary>
public static class PipelineBuilderExtensions
{
    /// <summary>Registers one pipeline. The generated <c>AddPipelines()</c> registers all of a project.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="builder">Where to register it.</param>
    /// <returns>The same builder.</returns>
    public static IPipelineBuilder AddPipeline<TPipeline>(this IPipelineBuilder builder)
        where TPipeline : IPipeline
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Built when it is asked for: what is wrong with a declaration, such as an unknown time zone, is then told by the host
        // like every other failure, and not as an exception out of Program.cs.
        builder.Services.AddSingleton(_ => new PipelineRegistration(TPipeline.Descriptor, TPipeline.RunAsync));
        return builder;
    }
}
