using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Tests.Fakes;

/// <summary>A destination in memory that keeps what it is told: rows by table and partition, entries, runs and rejects.</summary>
internal sealed class FakeDestination : IDestination, ILedger
{
    private readonly Dictionary<(string Pipeline, string Partition), PartitionEntry> _entries = [];
    private readonly List<RunEntry> _runs = [];
    private readonly List<RejectEntry> _rejects = [];
    private readonly List<CheckEntry> _checks = [];

    public string Name { get; init; } = "memory";

    public string DisplayName => "the test's memory";

    public ILedger Ledger => this;

    /// <summary>Whether anything was created or begun.</summary>
    internal bool Touched { get; private set; }

    internal TimeSpan? LockWait { get; private set; }

    internal Exception? PrepareFails { get; set; }

    /// <summary>A table that has another shape than its contract; null for none.</summary>
    internal string? RefusesTable { get; set; }

    /// <summary>A partition that becomes stale when the tables are looked at, as one does whose table gains a column.</summary>
    internal (string Pipeline, string Partition)? StaleOncePrepared { get; set; }

    internal Exception? LedgerFails { get; set; }

    internal Dictionary<(string Table, string Partition), List<object?>> Tables { get; } = [];

    public Task PrepareAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        Touched = true;
        if (StaleOncePrepared is { } stale)
        {
            _entries[stale] = _entries[stale] with { State = PartitionState.Stale, Error = "the column x was added to it after it was loaded" };
            StaleOncePrepared = null;
        }

        if (tables.Any(table => table.DisplayName == RefusesTable))
        {
            throw new PipelineException(FailureKind.Schema, $"the table {RefusesTable} has another shape", "Mend it.");
        }

        return PrepareFails is null ? Task.CompletedTask : Task.FromException(PrepareFails);
    }

    public Task<string?> FindTableAsync(TableContract table, CancellationToken cancellationToken) => Task.FromResult<string?>(table.DisplayName);

    public Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Touched = true;
        LockWait = lockWait;
        return Task.FromResult<IPartitionSession>(new Session(this, run, _entries.GetValueOrDefault((run.Pipeline, run.Partition.Key))));
    }

    public Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken) => Answer<PartitionEntry>(
        _entries.Values.Where(entry => entry.Pipeline == pipeline).OrderBy(entry => entry.Partition, StringComparer.Ordinal));

    public Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken) =>
        LedgerFails is null ? Task.FromResult(_entries.GetValueOrDefault((pipeline, partition))) : Task.FromException<PartitionEntry?>(LedgerFails);

    /// <summary>What the last load of a partition replaced: the rows of its table, and its entry.</summary>
    private readonly Dictionary<(string Pipeline, string Partition), (Guid Run, List<object?> Rows, PartitionEntry? Entry)> _replaced = [];

    public Task<ReplacedLoad?> FindReplacedAsync(string pipeline, string partition, CancellationToken cancellationToken) => Task.FromResult(
        _replaced.TryGetValue((pipeline, partition), out (Guid Run, List<object?> Rows, PartitionEntry? Entry) kept)
            ? new ReplacedLoad(kept.Run, kept.Entry?.State, kept.Entry?.LoadedRunId, kept.Rows.Count)
            : null);

    public Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogicPart>?>(null);

    public Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken) =>
        Answer(_runs.Where(run => pipeline is null || run.Pipeline == pipeline).Reverse().Take(most));

    public Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken) =>
        Answer(_runs.Where(run => run.Pipeline == pipeline && run.Partition == partition).Reverse().Take(most));

    public Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken) => Answer(_rejects
        .Where(reject => (pipeline is null || reject.Pipeline == pipeline) && (partition is null || reject.Partition == partition))
        .GroupBy(reject => (reject.Pipeline, reject.Partition, reject.Reject.Source, reject.Reject.Column, reject.Reject.Reason))
        .Select(of => new RejectCount(of.Key.Pipeline, of.Key.Partition, of.Key.Source, of.Key.Column, of.Key.Reason, of.Count()))
        .OrderByDescending(count => count.Rows));

    /// <summary>What came of checks in a partition's next run; none unless set.</summary>
    internal Dictionary<string, IReadOnlyList<CheckResult>> Checks { get; } = [];

    public Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken) => Answer(_checks.Where(check =>
        (pipeline is null || check.Pipeline == pipeline) && (partition is null || check.Partition == partition) && (passed || check.Result.Outcome != CheckOutcome.Passed)).Take(most));

    public Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken) => Answer<CheckObservation>([]);

    public Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken) => Answer(
        _rejects.Where(reject => (pipeline is null || reject.Pipeline == pipeline) && (partition is null || reject.Partition == partition)).Take(most));

    private Task<IReadOnlyList<T>> Answer<T>(IEnumerable<T> rows) =>
        LedgerFails is null ? Task.FromResult<IReadOnlyList<T>>([.. rows]) : Task.FromException<IReadOnlyList<T>>(LedgerFails);

    private void SetEntry((string, string) key, PartitionEntry? entry)
    {
        if (entry is null)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = entry;
        }
    }

    private void End(RunIdentity run, RunEnd end, RowCounts counts, PartitionEntry? before)
    {
        _runs.Add(new RunEntry(
            run.RunId, run.Pipeline, run.Partition.Key, end.Outcome, run.StartedAt, end.FinishedAt, counts, "test 1", end.FailureKind?.ToString(), end.Error));
        _rejects.RemoveAll(reject => reject.Pipeline == run.Pipeline && reject.Partition == run.Partition.Key);
        _checks.RemoveAll(check => check.Pipeline == run.Pipeline && check.Partition == run.Partition.Key);
        _checks.InsertRange(0, Checks.GetValueOrDefault(run.Partition.Key, []).Select(result => new CheckEntry(run.RunId, run.Pipeline, run.Partition.Key, end.FinishedAt, result)));
        _rejects.InsertRange(0, end.Rejects.Select(reject => new RejectEntry(run.RunId, run.Pipeline, run.Partition.Key, end.FinishedAt, reject)));
        if (end.Outcome is RunOutcome.Succeeded or RunOutcome.Failed)
        {
            bool good = end.Outcome == RunOutcome.Succeeded;
            PartitionState state = !good ? PartitionState.Failed : end.Partial ? PartitionState.Partial : PartitionState.Complete;
            _entries[(run.Pipeline, run.Partition.Key)] = new PartitionEntry(
                run.Pipeline, run.Partition.Key, state, run.RunId, counts, end.FinishedAt, good ? run.RunId : before?.LoadedRunId, end.Error, Fingerprint: good ? end.Logic?.Fingerprint : before?.Fingerprint);
        }
    }

    private sealed class Session(FakeDestination destination, RunIdentity run, PartitionEntry? before) : IPartitionSession
    {
        private readonly List<(string Table, List<object?> Rows)> _staged = [];

        public PartitionEntry? Before => before;

        public Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
        {
            _staged.Add((contract.DisplayName, []));
            return Task.FromResult<IStaging<TRow>>(new Staging<TRow>(_staged[^1].Rows));
        }

        public Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IRowSource<TRow>> ReadReplacedAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken) =>
            Task.FromResult<IRowSource<TRow>>(new Kept<TRow>(destination._replaced[(run.Pipeline, run.Partition.Key)].Rows));

        public Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tables = new List<LoadedTable>();
            (string, string) key = (run.Pipeline, run.Partition.Key);
            if (end.Undoes is null)
            {
                destination._replaced[key] = (run.RunId, destination.Tables.GetValueOrDefault((_staged[0].Table, run.Partition.Key)) ?? [], before);
            }

            foreach ((string table, List<object?> rows) in _staged)
            {
                int deleted = destination.Tables.GetValueOrDefault((table, run.Partition.Key))?.Count ?? 0;
                destination.Tables[(table, run.Partition.Key)] = rows;
                tables.Add(new LoadedTable(table, rows.Count, 0, rows.Count, 0, deleted));
            }

            destination.End(run, end, end.Counts, before);
            if (end.Undoes is not null && destination._replaced.Remove(key, out (Guid Run, List<object?> Rows, PartitionEntry? Entry) kept))
            {
                destination.SetEntry(key, kept.Entry);
            }

            return Task.FromResult<IReadOnlyList<LoadedTable>>(tables);
        }

        public Task FailAsync(RunEnd end, CancellationToken cancellationToken)
        {
            destination.End(run, end, end.Counts, before);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Kept<TRow>(List<object?> rows) : IRowSource<TRow>
    {
        public ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
        {
            batch.Begin("kept");
            rows.ForEach(row => batch.Add((TRow)row!, 1));
            return ValueTask.FromResult(false);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Staging<TRow>(List<object?> rows) : IStaging<TRow>
    {
        public ValueTask AddAsync(ReadOnlyMemory<TRow> added, CancellationToken cancellationToken)
        {
            foreach (TRow row in added.Span)
            {
                rows.Add(row);
            }

            return ValueTask.CompletedTask;
        }
    }
}
