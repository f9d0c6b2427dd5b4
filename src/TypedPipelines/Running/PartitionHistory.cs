using System.Globalization;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Holds the partitions that a pipeline has loaded against those that it has today. Rows that are known only by the run's partition
/// would be there twice if the same time came again under another partition's key; and a longer window would delete snapshots of days that no
/// source has any more. So would a file's under another spelling of its path. (Whether files hold what windows did, nobody can tell.)
/// </summary>
internal sealed class PartitionHistory(IDestination destination)
{
    /// <exception cref="PipelineException">The pipeline was cut another way when it was loaded, and its table cannot tell.</exception>
    internal async Task CheckAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            LoadDescriptor? load = pipeline.Loads.FirstOrDefault(load => load.Contract.Strategy is LoadStrategy.ReplaceFile or LoadStrategy.ReplaceRun or LoadStrategy.Append or LoadStrategy.Snapshot);
            if (load is null)
            {
                continue;
            }

            await CheckAsync(pipeline, pipeline.Name, load.Contract, cancellationToken).ConfigureAwait(false);
            if (await destination.FindLoaderAsync(load.Contract, cancellationToken).ConfigureAwait(false) is { } before && before != pipeline.Name)
            {
                await CheckAsync(pipeline, before, load.Contract, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">Its name when the table was loaded: it may have been renamed.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    private async Task CheckAsync(PipelineDescriptor pipeline, string name, TableContract table, CancellationToken cancellationToken)
    {
        IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(name, cancellationToken).ConfigureAwait(false);
        RespelledFiles.Refuse(pipeline, name, table, entries);
        string? today = pipeline.Partitions.Cut;
        string[] foreign = [.. entries.Where(entry => entry.LoadedRunId is not null && IsOfAnotherCut(pipeline, today, entry)).Select(entry => entry.Partition)];
        if (foreign.Length > 0)
        {
            throw Refusal(pipeline, name, table, foreign);
        }
    }

    /// <summary>
    /// The partition loaded last of those that the pipeline had when it was cut another way: what it has today and was loaded before may
    /// have been replaced by it, for windows of two cuts overlap. Null where there is none, or where no load replaces windows.
    /// </summary>
    internal static PartitionEntry? LastOfAnotherCut(PipelineDescriptor pipeline, IReadOnlyList<PartitionEntry> entries)
    {
        if (!pipeline.Partitions.HasWindows || pipeline.Loads.All(load => load.Contract.Strategy != LoadStrategy.ReplacePartition))
        {
            return null;
        }

        string? today = pipeline.Partitions.Cut;
        return entries.Where(entry => entry.LoadedRunId is not null && IsOfAnotherCut(pipeline, today, entry)).MaxBy(entry => entry.FinishedAt);
    }

    /// <summary>
    /// Why an entry that the ledger calls complete is not of what the pipeline would load under its key today, as the end of a sentence that
    /// begins with the partition; null where it is.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="entry">The ledger's entry.</param>
    /// <param name="tables">The pipeline's tables, as the destination calls them.</param>
    /// <param name="recut">The partition loaded last of those of another cut; null for none.</param>
    internal static string? WhyNotOf(Partition partition, PartitionEntry entry, IReadOnlyList<string> tables, PartitionEntry? recut)
    {
        if (entry.Tables?.Split('\n') is { } loaded && tables.FirstOrDefault(table => !loaded.Contains(table, StringComparer.Ordinal)) is { } other)
        {
            return $"it was loaded into {string.Join(", ", loaded)}, and not into {other}";
        }

        if (entry.Cut is { } cut && cut != partition.Cut)
        {
            return $"it was loaded when the pipeline was cut another way: as {cut}, and today it is {partition.Cut}";
        }

        return recut is not null && recut.FinishedAt > entry.FinishedAt
            ? $"partition {recut.Partition}, of when the pipeline was cut another way, was loaded since and may have replaced its rows"
            : null;
    }

    /// <summary>By its key; and where the ledger knows it, by its kind and time zone: a day has the same key in every zone.</summary>
    private static bool IsOfAnotherCut(PipelineDescriptor pipeline, string? today, PartitionEntry entry) =>
        !pipeline.Partitions.HasForm(entry.Partition) || (entry.Cut is { } cut && today is not null && cut != today);

    private static PipelineException Refusal(PipelineDescriptor pipeline, string name, TableContract table, string[] foreign) => new(
        FailureKind.Schema,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(foreign.Length == 1 ? $"partition {foreign[0]} was" : $"{foreign.Length} partitions, such as {foreign[0]}, were")} loaded {(name == pipeline.Name ? "when the pipeline" : $"by the pipeline {name}, which")} was cut another way than into {pipeline.Partitions.KeyForm}{(pipeline.Partitions.Cut is { } cut && cut.Contains(' ', StringComparison.Ordinal) ? $" of {cut[(cut.IndexOf(' ', StringComparison.Ordinal) + 1)..]}" : "")}; {(table.Strategy == LoadStrategy.Snapshot ? $"a snapshot of another window would delete theirs from {table.DisplayName}" : $"{table.DisplayName} knows its rows by nothing else, and would have them twice")}"),
        $"Nothing was changed. Cut the pipeline as before; or give it another name and another table; or, where those rows may go, delete them, and the entries of '{name}' in the ledger's table of partitions.");
}
