namespace TypedPipelines.Destinations;

/// <content>Finds whose partitions were made of rows that the publish is about to change.</content>
internal abstract partial class Publication<TDatabase, TPlan>
{
    /// <summary>Runs a query that gives the times of rows.</summary>
    protected abstract Task ReadTimesAsync(LoadStatement statement, ChangedTimes times, CancellationToken cancellationToken);

    /// <summary>Asked only where somebody reads the table's rows by their times.</summary>
    private async Task<IEnumerable<RestatedPartitions>> FindRestatedAsync(
        IStagedTable<TPlan> table, RunEnd end, bool deletesMissing, CancellationToken cancellationToken)
    {
        RestatedRows[] readers = [.. end.RestatesRows.Where(reader => reader.Table == table.Contract)];
        if (readers.Length == 0 || table.Plan.ChangedTimes is not { } changedTimes)
        {
            return [];
        }

        var times = new ChangedTimes(table.Contract, readers);
        await ReadTimesAsync(changedTimes, times, cancellationToken).ConfigureAwait(false);
        if (deletesMissing && table.Plan.MissingTimes is { } missingTimes)
        {
            await ReadTimesAsync(missingTimes, times, cancellationToken).ConfigureAwait(false);
        }

        return [.. readers.Select(reader => reader.Find()).OfType<RestatedPartitions>()];
    }
}
