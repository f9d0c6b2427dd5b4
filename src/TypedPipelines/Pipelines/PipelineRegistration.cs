using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A pipeline that the host knows.</summary>
/// <param name="Descriptor">Its graph.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record PipelineRegistration(PipelineDescriptor Descriptor, Func<PartitionRun, CancellationToken, Task> RunAsync);
