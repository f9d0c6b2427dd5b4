using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>
/// Tells of the first blocked partition of a pipeline what there is to say, and of those that follow it only how many there are: one cause
/// may block hundreds, and must not scroll away behind them.
/// </summary>
internal sealed class BlockedPartitions
{
    private string? _pipeline;
    private long _more;

    /// <summary>Whether a result is one of those that are only counted.</summary>
    internal bool Folds(PartitionResult result)
    {
        if (result.Status != PartitionStatus.Blocked || result.Planned.Pipeline.Descriptor.Name != _pipeline)
        {
            return false;
        }

        _more++;
        return true;
    }

    /// <summary>What is to be said of those counted before a result that is not one of them, or at the end.</summary>
    /// <param name="next">The result; null at the end.</param>
    internal string? Close(PartitionResult? next)
    {
        string? line = _more == 0 ? null : $"{_pipeline}: {Invariant.Count(_more, "more partition")} BLOCKED, too";
        _more = 0;
        _pipeline = next?.Status == PartitionStatus.Blocked ? next.Planned.Pipeline.Descriptor.Name : null;
        return line;
    }
}
