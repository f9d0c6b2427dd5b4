namespace TypedPipelines;

/// <summary>Where the columns of a table that a pipeline loads come from: from the members of its sources' rows, and the columns of tables.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Filters">What decides, on the way, which rows there are.</param>
public sealed record TableLineage(string Table, IReadOnlyList<MemberLineage> Columns, IReadOnlyList<ColumnOrigin> Filters)
{
    /// <summary>Follows the rows of each load back to where they begin.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>A lineage for each table loaded, in the order of the loads; none where the program was built without lineage.</returns>
    public static IReadOnlyList<TableLineage> Of(PipelineDescriptor pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Lineage is null ? [] : [.. pipeline.Loads.Select(load => new LineageTrace(pipeline, pipeline.Lineage).Of(load))];
    }
}
