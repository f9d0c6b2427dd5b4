using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.OpenLineage;

/// <summary>What a run reads and writes, by the names that OpenLineage has for it.</summary>
internal sealed class LineageDatasets
{
    private readonly Dictionary<string, LineageDataset> _tables = new(StringComparer.Ordinal);
    private readonly PipelineDescriptor _pipeline;
    private readonly string _jobs;
    private readonly DatasetNames _names;

    private LineageDatasets(PipelineDescriptor pipeline, string jobs, DatasetNames names)
    {
        _pipeline = pipeline;
        _jobs = jobs;
        _names = names;
        Columns = TableLineage.Of(pipeline);
    }

    /// <summary>Where the columns of the tables that are loaded come from.</summary>
    internal IReadOnlyList<TableLineage> Columns { get; }

    /// <summary>The tables that are loaded, in the order of the loads.</summary>
    internal IEnumerable<(LineageDataset Dataset, TableContract Contract)> Outputs => _pipeline.Loads.Select(load => (Table(load.Contract.DisplayName), load.Contract));

    /// <summary>Tables of other pipelines, tables that SQL steps read, and sources, which are named after pipeline and method.</summary>
    internal IEnumerable<(LineageDataset Dataset, TableContract? Contract)> Inputs =>
        _pipeline.Reads.Select(table => (Table(table.DisplayName), (TableContract?)table))
            .Concat(_pipeline.Nodes.Where(node => node.Kind == NodeKind.Source && !IsOfTable(node.Name)).Select(node => (Source(node.Name), (TableContract?)null)))
            .DistinctBy(static input => input.Item1);

    /// <summary>Where a column comes from.</summary>
    internal LineageDataset Of(ColumnOrigin origin) => origin.IsTable ? Table(origin.From) : Source(origin.From);

    /// <summary>Asks the destination what it calls the tables; one that is not there yet has the name of its contract.</summary>
    internal static async Task<LineageDatasets> FindAsync(RunNotice run, string jobs, CancellationToken cancellationToken)
    {
        PipelineDescriptor pipeline = run.Planned.Pipeline.Descriptor;
        var found = new LineageDatasets(pipeline, jobs, run.Destination.Datasets);
        foreach (TableContract table in pipeline.Loads.Select(static load => load.Contract).Concat(pipeline.Reads))
        {
            string name = await run.Destination.FindTableAsync(table, cancellationToken).ConfigureAwait(false) ?? table.DisplayName;
            found._tables[table.DisplayName] = new LineageDataset(found._names.Namespace, found._names.Of(name));
        }

        return found;
    }

    private bool IsOfTable(string source) => _pipeline.Lineage?.Steps.FirstOrDefault(step => step.Step == source) is { Members: [{ Origins: [{ IsTable: true }, ..] }, ..] };

    private LineageDataset Source(string method) => new(_jobs, $"{_pipeline.Name}.{method}");

    private LineageDataset Table(string table) => _tables.GetValueOrDefault(table) ?? new LineageDataset(_names.Namespace, _names.Of(table));
}

/// <summary>A dataset's name in OpenLineage.</summary>
internal sealed record LineageDataset(string Namespace, string Name);
