namespace TypedPipelines.Running;

/// <summary>Rows that a test gives in a source's place: looked for among the services of a run.</summary>
internal interface IGivenSources
{
    /// <summary>Opens the rows that are given for a source.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="partition">The partition that is run.</param>
    /// <returns>The rows; null where the source itself is to be read.</returns>
    IRowSource<TRow>? Open<TRow>(string pipeline, string source, Partition partition);

    /// <summary>The file that is given for a source of files.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="source">The source's name.</param>
    /// <returns>The path or pattern; null where the source's own is to be read.</returns>
    string? FileOf(string pipeline, string source);
}
