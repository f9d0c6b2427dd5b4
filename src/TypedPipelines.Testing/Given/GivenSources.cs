using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>What a test gives in the places of sources: rows, or a file.</summary>
internal sealed class GivenSources(Arrangement arrangement) : IGivenSources
{
    private readonly Dictionary<(string Pipeline, string Source), object> _rows = [];
    private readonly Dictionary<(string Pipeline, string Source), string> _files = [];

    /// <summary>Gives rows: those given before for the source are no longer.</summary>
    internal void Set<TRow>(string pipeline, string source, IReadOnlyList<TRow> rows)
    {
        _files.Remove((pipeline, source));
        _rows[(pipeline, source)] = rows;
    }

    /// <summary>Gives a file.</summary>
    internal void SetFile(string pipeline, string source, string path)
    {
        _rows.Remove((pipeline, source));
        _files[(pipeline, source)] = path;
    }

    public IRowSource<TRow>? Open<TRow>(string pipeline, string source) =>
        !_rows.TryGetValue((pipeline, source), out object? rows) ? null
        : rows is IReadOnlyList<TRow> typed ? new GivenRows<TRow>(source, arrangement.Apply(new Place(true, source), typed), arrangement.MostInBatch)
        : throw new PipelineAssertionException($"The source {source} of {pipeline} gives {typeof(TRow).Name}, and the rows given for it are of another type: {rows.GetType().GenericTypeArguments.FirstOrDefault()?.Name}.");

    public string? FileOf(string pipeline, string source) => _files.GetValueOrDefault((pipeline, source));
}
