using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// Tables that two pipelines load under two spellings, with a schema and without, or in other cases: the catalog cannot know them for one, and each pipeline would replace or
/// change the other's rows.
/// </summary>
internal sealed class SharedTables(PipelineCatalog catalog, IDestination destination)
{
    /// <summary>Looks at the tables of pipelines, which are there. The destination is asked only where two spellings are alike.</summary>
    /// <exception cref="PipelineException">Another pipeline loads one of them.</exception>
    internal async Task CheckAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            foreach (TableContract table in pipeline.Loads.Select(load => load.Contract))
            {
                foreach ((PipelineDescriptor other, TableContract spelled) in AlikeOf(pipeline, table))
                {
                    string? name = await destination.FindTableAsync(table, cancellationToken).ConfigureAwait(false);
                    if (name is not null && name == await destination.FindTableAsync(spelled, cancellationToken).ConfigureAwait(false))
                    {
                        throw new PipelineException(
                            FailureKind.Usage,
                            $"the pipelines {pipeline.Name} and {other.Name} load one table, {name}, as {table.DisplayName} and as {spelled.DisplayName}: each would replace or change the other's rows",
                            "Nothing was changed. A table must be one pipeline's own: rename one of the tables, or load it by one pipeline.");
                    }
                }
            }
        }
    }

    private IEnumerable<(PipelineDescriptor Pipeline, TableContract Table)> AlikeOf(PipelineDescriptor pipeline, TableContract table) =>
        from other in catalog.Pipelines
        where other.Descriptor.Name != pipeline.Name
        from load in other.Descriptor.Loads
        where load.Contract.Table.Equals(table.Table, StringComparison.OrdinalIgnoreCase)
        select (other.Descriptor, load.Contract);
}
