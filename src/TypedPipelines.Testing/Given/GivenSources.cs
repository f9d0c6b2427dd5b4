using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>What a test gives in the places of sources: rows, or a file.</summary>
internal sealed class GivenSources(Arrangement arrangement) : IGivenSources
{
    private readonly Dictionary<(string Pipeline, string Source), Given> _rows = [];
    private readonly Dictionary<(string Pipeline, string Source), string> _files = [];

    /// <summary>Gives rows, the same for each partition: those given before for the source are no longer.</summary>
    internal void Set<TRow>(string pipeline, string source, IReadOnlyList<TRow> rows) => Set(pipeline, source, new Given<TRow>(_ => rows, IsByPartition: false));

    /// <summary>Gives rows by partition: those given before for the source are no longer.</summary>
    internal void Set<TRow>(string pipeline, string source, Func<Partition, IEnumerable<TRow>> rows) => Set(pipeline, source, new Given<TRow>(partition => [.. rows(partition)], IsByPartition: true));

    private void Set(string pipeline, string source, Given rows)
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

    public IRowSource<TRow>? Open<TRow>(string pipeline, string source, Partition partition)
    {
        if (!_rows.TryGetValue((pipeline, source), out Given? given))
        {
            return null;
        }

        if (given is not Given<TRow> typed)
        {
            throw new PipelineAssertionException($"The source {source} of {pipeline} gives {TypeNames.Of(typeof(TRow))}, and the rows given for it are of another type: {given.RowName}.");
        }

        var place = new Place(true, typed.IsByPartition ? $"{source} in {partition.Key}" : source);
        return new GivenRows<TRow>(source, arrangement.Apply(place, typed.Rows(partition)), arrangement.MostInBatch);
    }

    public string? FileOf(string pipeline, string source) => _files.GetValueOrDefault((pipeline, source));

    private abstract record Given(string RowName);

    private sealed record Given<TRow>(Func<Partition, IReadOnlyList<TRow>> Rows, bool IsByPartition) : Given(TypeNames.Of(typeof(TRow)));
}
