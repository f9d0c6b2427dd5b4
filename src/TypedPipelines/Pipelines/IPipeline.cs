using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>What the source generator makes of a class marked <see cref="PipelineAttribute"/>.</summary>
public interface IPipeline
{
    /// <summary>The pipeline's graph, as data.</summary>
    static abstract PipelineDescriptor Descriptor { get; }

    /// <summary>Reads the sources, runs the steps and stages the rows of one partition. The engine publishes them afterwards.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    static abstract Task RunAsync(PartitionRun run, CancellationToken cancellationToken);
}
