using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

/// <summary>Pipelines as the generator would register them, written by hand.</summary>
internal static class Pipelines
{
    internal static PipelineRegistration Named(
        string name, PartitionScheme scheme, TableContract? loads = null, TableContract[]? reads = null, Func<PartitionRun, CancellationToken, Task>? run = null) => new(
        new PipelineDescriptor
        {
            Name = name,
            Partitions = scheme,
            Nodes = [],
            Loads = loads is null ? [] : [new LoadDescriptor(loads, "Rows")],
            Reads = reads ?? [],
        },
        run ?? ((_, _) => Task.CompletedTask));

    /// <summary>A pipeline that loads lines into a table, as the generated loop does.</summary>
    internal static PipelineRegistration Copying(string name, PartitionScheme scheme, Lines table, params string[] lines) => new(
        new PipelineDescriptor
        {
            Name = name,
            Partitions = scheme,
            Nodes = [new NodeDescriptor("Rows", NodeKind.Source, "string")],
            Loads = [new LoadDescriptor(table, "Rows")],
        },
        async (run, cancellationToken) =>
        {
            LoadInput<string> load = await run.OpenLoadAsync(table, cancellationToken);
            await using SourceReader<string> rows = run.Open("Rows", () => lines);
            while (await rows.ReadAsync(cancellationToken))
            {
                for (int i = 0; i < rows.Batch.Count; i++)
                {
                    load.Add(rows.Batch.Rows[i], i);
                }

                await load.FlushAsync(rows.Batch, cancellationToken);
            }
        });
}
