using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

/// <summary>The document of <c>undo --json</c>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Key">The partition.</param>
/// <param name="UndoneRunId">The run whose load is undone; null where there was nothing to undo any more.</param>
/// <param name="LoadedRunId">The run whose rows are back; null where there was none.</param>
/// <param name="State">What the ledger said of the partition before the load; missing where it knew nothing of it.</param>
/// <param name="Tables">What was done to each table; empty where nothing was.</param>
internal sealed record UndoDocument(
    string Destination, string Pipeline, string Key, Guid? UndoneRunId, Guid? LoadedRunId, string? State, IReadOnlyList<UndoDocument.Table> Tables)
{
    internal static UndoDocument Of(string destination, PipelineDescriptor pipeline, Partition partition, ReplacedLoad? replaced, IReadOnlyList<LoadedTable> tables) => new(
        destination,
        pipeline.Name,
        partition.Key,
        replaced?.RunId,
        replaced?.LoadedRunId,
        replaced is null ? null : replaced.State is { } state ? CliJson.Camel(state) : "missing",
        [.. tables.Select(table => new Table(table.Table, table.Inserted, table.Deleted))]);

    internal sealed record Table(string Name, long Inserted, long Deleted);
}
