namespace TypedPipelines.Destinations;

/// <summary>
/// What a publish makes stale, and whether it is so itself. Asked inside the publishing transaction: what the ledger said before is
/// another after a run that this one had to wait for.
/// </summary>
internal sealed class Staleness(ILedgerEntries ledger, RunIdentity run)
{
    /// <summary>What of the rows that the run has read is another by now, as the end of a sentence that begins with the partition; null for nothing.</summary>
    internal async Task<string?> FindOutdatedAsync(IReadOnlyList<ReadPartitions> reads, CancellationToken cancellationToken)
    {
        ReadPartitions[] compared = [.. reads.Where(read => read.Whole || read.Runs.Count > 0)];
        if (compared.Length == 0)
        {
            return null;
        }

        await ledger.HoldLoadersAsync([.. compared.Select(SpanOf)], cancellationToken).ConfigureAwait(false);
        foreach (ReadPartitions read in compared)
        {
            Dictionary<string, Guid> now = (await ledger.FindLoadedAsync(SpanOf(read), cancellationToken).ConfigureAwait(false))
                .ToDictionary(loaded => loaded.Partition, loaded => loaded.Run, StringComparer.Ordinal);
            string? changed = read.Runs.FirstOrDefault(then => !now.TryGetValue(then.Key, out Guid loaded) || loaded != then.Value).Key
                ?? (read.Whole ? now.Keys.FirstOrDefault(key => !read.Runs.ContainsKey(key)) : null);
            if (changed is not null)
            {
                return $"partition {changed} of {read.Pipeline}, which it reads, was loaded again while it ran";
            }
        }

        return null;
    }

    /// <summary>Keeps those that were made from what this run replaces from being noted until it is, where there are any.</summary>
    internal Task HoldReadersAsync(IEnumerable<RestatedPartitions> restated, CancellationToken cancellationToken) =>
        restated.Any(each => each.Pipeline != run.Pipeline) ? ledger.HoldReadersAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Notes that the partition just loaded is stale already.</summary>
    internal Task NoteOutdatedAsync(string reason, CancellationToken cancellationToken) =>
        ledger.NoteStaleAsync([new StalePartition(run.Pipeline, run.Partition.Key, reason)], cancellationToken);

    /// <summary>Notes which partitions were made from what has just been replaced.</summary>
    internal async Task NoteRestatedAsync(IEnumerable<RestatedPartitions> restated, CancellationToken cancellationToken)
    {
        foreach (RestatedPartitions each in restated)
        {
            IEnumerable<string> keys = each.Partitions
                ?? each.Among(await ledger.FindLoadedAsync(each.Pipeline, cancellationToken).ConfigureAwait(false));
            await ledger.NoteStaleAsync([.. keys.Select(key => new StalePartition(each.Pipeline, key, each.Reason))], cancellationToken).ConfigureAwait(false);
        }
    }

    private static KeySpan SpanOf(ReadPartitions read) =>
        read.Whole ? new KeySpan(read.Pipeline, "", null) : new KeySpan(read.Pipeline, read.Runs.Keys.Min(StringComparer.Ordinal)!, read.Runs.Keys.Max(StringComparer.Ordinal));

    /// <summary>Whether a partition that comes later has been loaded.</summary>
    internal async Task<bool> IsOvertakenAsync(Func<string, bool>? comesLater, CancellationToken cancellationToken) =>
        comesLater is not null && (await ledger.FindLoadedAsync(run.Pipeline, cancellationToken).ConfigureAwait(false)).Any(comesLater);
}
