using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Tests.Running;

internal sealed class MemorySession(MemoryDestination destination, RunIdentity run) : IPartitionSession
{
    public PartitionEntry? Before { get; } = destination.EntryOf(run.Pipeline, run.Partition.Key);

    public Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken) =>
        Task.FromResult<IStaging<TRow>>(new Staging<TRow>(destination));

    public Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No test reads a table.");

    public Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        destination.Note(run, end);
        return Task.FromResult(destination.Published);
    }

    public Task FailAsync(RunEnd end, CancellationToken cancellationToken)
    {
        destination.Note(run, end);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Staging<TRow>(MemoryDestination destination) : IStaging<TRow>
    {
        public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken) =>
            destination.RefusesRows is null ? ValueTask.CompletedTask : ValueTask.FromException(destination.RefusesRows);
    }
}
