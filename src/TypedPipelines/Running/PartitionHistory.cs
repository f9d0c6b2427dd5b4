using System.Globalization;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>
/// Holds the partitions that a pipeline has loaded against those that it has today. Rows that are known only by the run's partition
/// would be there twice if the same time came again under another partition's key; and a longer window would delete snapshots of days that no
/// source has any more. (Whether files hold what windows did, nobody can tell.)
/// </summary>
internal sealed class PartitionHistory(IDestination destination)
{
    /// <exception cref="PipelineException">The pipeline was cut another way when it was loaded, and its table cannot tell.</exception>
    internal async Task CheckAsync(IReadOnlyList<PipelineDescriptor> pipelines, CancellationToken cancellationToken)
    {
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            LoadDescriptor? load = pipeline.Loads.FirstOrDefault(load => load.Contract.Strategy is LoadStrategy.ReplaceRun or LoadStrategy.Append or LoadStrategy.Snapshot);
            if (load is null)
            {
                continue;
            }

            IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(pipeline.Name, cancellationToken).ConfigureAwait(false);
            string[] foreign = [.. entries.Where(entry => entry.LoadedRunId is not null && !pipeline.Partitions.HasForm(entry.Partition)).Select(entry => entry.Partition)];
            if (foreign.Length > 0)
            {
                throw Refusal(pipeline, load.Contract, foreign);
            }
        }
    }

    /// <summary>
    /// The partition loaded last of those that the pipeline had when it was cut another way: what it has today and was loaded before may
    /// have been replaced by it, for windows of two cuts overlap. Null where there is none, or where no load replaces windows.
    /// </summary>
    internal static PartitionEntry? LastOfAnotherCut(PipelineDescriptor pipeline, IReadOnlyList<PartitionEntry> entries) =>
        pipeline.Partitions.HasWindows && pipeline.Loads.Any(load => load.Contract.Strategy == LoadStrategy.ReplacePartition)
            ? entries.Where(entry => entry.LoadedRunId is not null && !pipeline.Partitions.HasForm(entry.Partition)).MaxBy(entry => entry.FinishedAt)
            : null;

    private static PipelineException Refusal(PipelineDescriptor pipeline, TableContract table, string[] foreign) => new(
        FailureKind.Schema,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(foreign.Length == 1 ? $"partition {foreign[0]} was" : $"{foreign.Length} partitions, such as {foreign[0]}, were")} loaded when the pipeline was cut another way than into {pipeline.Partitions.KeyForm}; {(table.Strategy == LoadStrategy.Snapshot ? $"a snapshot of another window would delete theirs from {table.DisplayName}" : $"{table.DisplayName} knows its rows by nothing else, and would have them twice")}"),
        $"Nothing was changed. Cut the pipeline as before; or give it another name and another table; or, where those rows may go, delete them, and the entries of '{pipeline.Name}' in the ledger's table of partitions.");
}
