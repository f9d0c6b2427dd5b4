using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>A run as lines, one for each partition: for logs, pipes and CI.</summary>
/// <param name="screen">Where to write.</param>
/// <param name="successes">Whether partitions that are in order get a line; failures, and partitions without rows, always do, on the error writer.</param>
internal sealed class PlainRunView(Screen screen, bool successes) : IRunView
{
    private readonly BlockedPartitions _blocked = new();

    /// <inheritdoc/>
    public async Task ShowAsync(IReadOnlyList<PlannedPartition> plan, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            CloseBlocked(null);
        }
    }

    /// <inheritdoc/>
    public void Notice(string text) => screen.Error.WriteLine(text);

    /// <inheritdoc/>
    public void Started(PlannedPartition planned)
    {
    }

    /// <inheritdoc/>
    public void RowsRead(PlannedPartition planned, long rows)
    {
    }

    /// <inheritdoc/>
    public void Finished(PartitionResult result)
    {
        if (_blocked.Folds(result))
        {
            return;
        }

        CloseBlocked(result);
        if (result.Status is not (PartitionStatus.Loaded or PartitionStatus.UpToDate))
        {
            foreach (string line in ResultText.Failed(result, screen.Width))
            {
                screen.Error.WriteLine(line);
            }
        }
        else if (successes && result.Planned.Runs)
        {
            screen.Output.WriteLine(ResultText.Loaded(result));
        }
        else if (result is { Status: PartitionStatus.Loaded, Counts.Loaded: 0 })
        {
            // No failure, and no success to leave out either: where nobody looks at what went well, somebody must hear of it.
            screen.Error.WriteLine(ResultText.Loaded(result));
        }

        foreach (string line in ResultText.Rejected(result, screen.Width).Concat(ResultText.Warned(result, screen.Width)))
        {
            screen.Error.WriteLine(line);
        }
    }

    private void CloseBlocked(PartitionResult? next)
    {
        if (_blocked.Close(next) is { } line)
        {
            screen.Error.WriteLine(line);
        }
    }
}
