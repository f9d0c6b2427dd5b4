using TypedPipelines.Running;

namespace TypedPipelines.Tests.Databases;

/// <summary>A pipeline as the generator would register it: one source, one table.</summary>
internal static class TestPipeline
{
    /// <summary>The same pipeline, built from other code.</summary>
    internal static PipelineRegistration With(this PipelineRegistration pipeline, params LogicPart[] logic) => new(
        new PipelineDescriptor
        {
            Name = pipeline.Descriptor.Name,
            Partitions = pipeline.Descriptor.Partitions,
            Nodes = pipeline.Descriptor.Nodes,
            Loads = pipeline.Descriptor.Loads,
            Reads = pipeline.Descriptor.Reads,
            Logic = new PipelineLogic { Fingerprint = string.Join('+', logic.Select(part => part.Hash)), Parts = logic },
        },
        pipeline.RunAsync);

    /// <summary>The same pipeline, which reads its tables whole, as lookups do.</summary>
    internal static PipelineRegistration ReadingWhole(this PipelineRegistration pipeline) => new(
        new PipelineDescriptor
        {
            Name = pipeline.Descriptor.Name,
            Partitions = pipeline.Descriptor.Partitions,
            Nodes = pipeline.Descriptor.Nodes,
            Loads = pipeline.Descriptor.Loads,
            Reads = pipeline.Descriptor.Reads,
            WholeReads = pipeline.Descriptor.Reads,
        },
        pipeline.RunAsync);

    internal static PipelineRegistration Of(
        PartitionScheme scheme, TestContract table, Func<Partition, IEnumerable<object?[]>> rows, string name = TestDatabase.Pipeline, params TableContract[] reads) => new(
        new PipelineDescriptor
        {
            Name = name,
            Partitions = scheme,
            Nodes = [new NodeDescriptor("Rows", NodeKind.Source, "Row")],
            Loads = [new LoadDescriptor(table, "Rows")],
            Reads = reads,
        },
        async (run, cancellationToken) =>
        {
            LoadInput<object?[]> load = await run.OpenLoadAsync(table, cancellationToken);
            await using SourceReader<object?[]> reader = run.Open("Rows", () => rows(run.Partition));
            while (await reader.ReadAsync(cancellationToken))
            {
                for (int i = 0; i < reader.Batch.Count; i++)
                {
                    load.Add(reader.Batch.Rows[i], i);
                }

                await load.FlushAsync(reader.Batch, cancellationToken);
            }
        });
}
