using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Holds the content of files against what the ledger says was loaded from them.</summary>
internal sealed class ContentCheck
{
    private readonly Dictionary<string, string> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byContent = new(StringComparer.Ordinal);

    /// <summary>Knows what a pipeline has loaded.</summary>
    /// <param name="entries">The ledger's entries of its partitions.</param>
    internal ContentCheck(IEnumerable<PartitionEntry> entries)
    {
        foreach (PartitionEntry entry in entries)
        {
            if (entry.ContentHash is { } hash)
            {
                _loaded[entry.Partition] = hash;
                _byContent.TryAdd(hash, entry.Partition);
            }
        }
    }

    /// <summary>A file as it is to be planned: again where its content has changed, and with a note where another file has the same.</summary>
    internal async Task<PlannedPartition> CheckAsync(PlannedPartition planned, CancellationToken cancellationToken)
    {
        if (planned.Partition is not FilePartition file)
        {
            return planned;
        }

        string hash;
        try
        {
            hash = await FileContent.HashAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e)
        {
            // What became of the file is this partition's failure, when its turn comes, and no other's.
            return planned.Runs ? planned : planned with { Reason = PlanReason.Changed, Detail = e.What };
        }

        if (planned.Reason == PlanReason.UpToDate && _loaded.GetValueOrDefault(file.Key) != hash)
        {
            planned = planned with { Reason = PlanReason.Changed };
        }

        // Of two new files with one content, the second is told of the first.
        string first = _byContent.TryAdd(hash, file.Key) ? file.Key : _byContent[hash];
        return first == file.Key || !planned.Runs ? planned : planned with { SameContentAs = first };
    }
}
