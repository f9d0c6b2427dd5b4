using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Tests.Running;

/// <summary>
/// A destination that keeps the ledger's promises in memory and no rows: it notes how each run ended, and makes of that the
/// partition's entry.
/// </summary>
internal sealed class MemoryDestination : IDestination, ILedger
{
    private readonly Dictionary<(string Pipeline, string Partition), PartitionEntry> _entries = [];

    public string Name => "memory";

    public string DisplayName => "memory";

    public ILedger Ledger => this;

    internal List<RunEnd> Ends { get; } = [];

    /// <summary>What <see cref="BeginAsync"/> throws; null for nothing.</summary>
    internal Exception? RefusesToBegin { get; set; }

    /// <summary>What staging throws; null for nothing.</summary>
    internal Exception? RefusesRows { get; set; }

    /// <summary>What a publish says it did with the tables.</summary>
    internal IReadOnlyList<LoadedTable> Published { get; set; } = [];

    /// <summary>What another process does while a run waits for its lock.</summary>
    internal Action? WhileWaiting { get; set; }

    /// <summary>The table that <see cref="PrepareAsync"/> refuses, or, for "*", that there is no reaching the destination; null for none.</summary>
    internal string? RefusesTable { get; set; }

    public Task PrepareAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken) =>
        RefusesTable == "*" ? throw new PipelineException(FailureKind.Destination, "the server does not answer", "Start it.")
        : tables.Any(table => table.DisplayName == RefusesTable) ? throw new PipelineException(FailureKind.Schema, $"the table {RefusesTable} has another shape", "Mend it.")
        : Task.CompletedTask;

    public Task<string?> FindTableAsync(TableContract table, CancellationToken cancellationToken) => Task.FromResult<string?>(table.DisplayName);

    public Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WhileWaiting?.Invoke();
        return RefusesToBegin is null
            ? Task.FromResult<IPartitionSession>(new MemorySession(this, run))
            : Task.FromException<IPartitionSession>(RefusesToBegin);
    }

    public Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionEntry>>([.. _entries.Values.Where(entry => entry.Pipeline == pipeline).OrderBy(entry => entry.Partition, StringComparer.Ordinal)]);

    public Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.GetValueOrDefault((pipeline, partition)));

    public Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    internal PartitionEntry? EntryOf(string pipeline, string partition) => _entries.GetValueOrDefault((pipeline, partition));

    internal void Set(string pipeline, string partition, PartitionState state, bool loaded = true)
    {
        var run = Guid.NewGuid();
        _entries[(pipeline, partition)] = new PartitionEntry(pipeline, partition, state, run, default, default, loaded ? run : null, null);
    }

    internal void Note(RunIdentity run, RunEnd end)
    {
        Ends.Add(end);
        if (end.Outcome is RunOutcome.Succeeded or RunOutcome.Failed)
        {
            PartitionState state = end.Outcome == RunOutcome.Failed ? PartitionState.Failed : end.Partial ? PartitionState.Partial : PartitionState.Complete;
            Set(run.Pipeline, run.Partition.Key, state, end.Outcome == RunOutcome.Succeeded);
        }
    }
}
