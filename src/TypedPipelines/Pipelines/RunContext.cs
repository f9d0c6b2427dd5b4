using Microsoft.Extensions.Logging;

namespace TypedPipelines;

/// <summary>What a source or step may know about the run it works in. None of it belongs in a loaded row: it differs from run to run.</summary>
public sealed class RunContext
{
    internal RunContext(Guid runId, string pipeline, Partition partition, DateTimeOffset startedAt, ILogger logger)
    {
        RunId = runId;
        Pipeline = pipeline;
        Partition = partition;
        StartedAt = startedAt;
        Logger = logger;
    }

    /// <summary>The run's id, as in the ledger.</summary>
    public Guid RunId { get; }

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }

    /// <summary>The partition being loaded.</summary>
    public Partition Partition { get; }

    /// <summary>When the run started, UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>A logger whose category is the pipeline.</summary>
    public ILogger Logger { get; }
}
