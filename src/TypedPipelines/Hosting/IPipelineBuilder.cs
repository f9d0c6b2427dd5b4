using Microsoft.Extensions.DependencyInjection;

namespace TypedPipelines;

/// <summary>Where pipelines and destinations are registered; destinations add extension methods to it, such as <c>UseSqlite</c>.</summary>
public interface IPipelineBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}
