namespace TypedPipelines;

/// <summary>
/// Where the columns that a pipeline loads come from, as the source generator found it by following the steps' code when the program was built:
/// what may contribute, over all branches.
/// </summary>
/// <param name="Steps">The steps, and the sources that read tables.</param>
public sealed record PipelineLineage(IReadOnlyList<StepLineage> Steps);
