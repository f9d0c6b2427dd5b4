using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>Keeps the results of a run as they come: where the run breaks, the runner returns none.</summary>
/// <param name="view">Who watches as well.</param>
/// <param name="interruption">Who must know what is being worked on.</param>
internal sealed class RunRecord(IRunView view, Interruption interruption) : IRunObserver
{
    private readonly List<PartitionResult> _results = [];
    private readonly List<PlannedPartition> _current = [];

    internal IReadOnlyList<PartitionResult> Results => _results;

    /// <inheritdoc/>
    public void Started(PlannedPartition planned)
    {
        _current.Add(planned);
        NameCurrent();
        view.Started(planned);
    }

    /// <inheritdoc/>
    public void RowsRead(PlannedPartition planned, long rows) => view.RowsRead(planned, rows);

    /// <inheritdoc/>
    public void Finished(PartitionResult result)
    {
        _current.RemoveAll(planned => planned.Partition.Key == result.Planned.Partition.Key && planned.Pipeline == result.Planned.Pipeline);
        NameCurrent();
        _results.Add(result);
        view.Finished(result);
    }

    private void NameCurrent() => interruption.Current = _current.Count switch
    {
        0 => null,
        1 => ResultText.NameOf(_current[0]),
        _ => $"each of {string.Join(", ", _current.Select(ResultText.NameOf))}",
    };
}
