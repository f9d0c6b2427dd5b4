using TypedPipelines.Running;

namespace TypedPipelines.Tests.Databases;

/// <summary>A pipeline as the generator would register it: one source, one table.</summary>
internal static class TestPipeline
{
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
