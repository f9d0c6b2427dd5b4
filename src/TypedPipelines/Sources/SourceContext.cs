using Microsoft.Extensions.Logging;

namespace TypedPipelines;

/// <summary>What a source may know of the run it is opened in.</summary>
/// <param name="name">The source method's name.</param>
/// <param name="rejects">Takes the rows that cannot be read.</param>
/// <param name="logger">A logger whose category is the pipeline.</param>
public sealed class SourceContext(string name, IRejectSink rejects, ILogger logger)
{
    /// <summary>The source method's name, for messages.</summary>
    public string Name { get; } = name;

    /// <summary>Takes the rows that cannot be read.</summary>
    public IRejectSink Rejects { get; } = rejects;

    /// <summary>A logger whose category is the pipeline.</summary>
    public ILogger Logger { get; } = logger;
}
