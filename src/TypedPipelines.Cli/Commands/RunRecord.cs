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

    internal IReadOnlyList<PartitionResult> Results => _results;

    /// <inheritdoc/>
    public void Started(PlannedPartition planned)
    {
        interruption.Current = ResultText.NameOf(planned);
        view.Started(planned);
    }

    /// <inheritdoc/>
    public void RowsRead(PlannedPartition planned, long rows) => view.RowsRead(planned, rows);

    /// <inheritdoc/>
    public void Finished(PartitionResult result)
    {
        interruption.Current = null;
        _results.Add(result);
        view.Finished(result);
    }
}
