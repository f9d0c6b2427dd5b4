using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>A database of its own in which a proof tries one way of running a pipeline.</summary>
internal sealed class ProofStage : IAsyncDisposable
{
    private readonly PipelineTest _test;
    private readonly PipelineDescriptor _pipeline;
    private readonly Func<Place, int, IEnumerable<int>>? _chosen;

    /// <param name="test">The test, with what is given.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="partitions">The partitions' keys, in the order in which they are loaded.</param>
    /// <param name="chosen">Which rows are used; null for all.</param>
    internal ProofStage(PipelineTest test, PipelineDescriptor pipeline, IReadOnlyList<string> partitions, Func<Place, int, IEnumerable<int>>? chosen)
    {
        _test = test;
        _pipeline = pipeline;
        _chosen = chosen;
        Partitions = partitions;
        _test.Arrangement.Choose = chosen;
        _test.Services.AddSingleton<ILoggerFactory>(Stop);
    }

    internal IReadOnlyList<string> Partitions { get; }

    internal StatementStop Stop { get; } = new();

    internal Arrangement Arrangement => _test.Arrangement;

    /// <summary>Loads all partitions.</summary>
    internal async Task LoadAsync()
    {
        foreach (string partition in Partitions)
        {
            await LoadAsync(partition).ConfigureAwait(false);
        }
    }

    /// <summary>Loads a partition.</summary>
    internal async Task LoadAsync(string partition, TimeSpan lockWait = default)
    {
        PartitionResult result = await TryLoadAsync(partition, lockWait).ConfigureAwait(false);
        if (result.Status != PartitionStatus.Loaded)
        {
            throw new PipelineAssertionException($"Partition {partition} of {_pipeline.Name} was not loaded: {result.Failure?.Message ?? result.Status.ToString()}", result.Failure);
        }
    }

    internal Task<PartitionResult> TryLoadAsync(string partition, TimeSpan lockWait = default) => _test.TryRunAsync(_pipeline, partition == PartitionScheme.None.All().First().Key ? null : partition, lockWait);

    /// <summary>Has the rows chosen in another way from here on; null for that of the stage.</summary>
    internal void Choose(Func<Place, int, IEnumerable<int>>? choose) => _test.Arrangement.Choose = choose is null
        ? _chosen
        : (place, count) =>
        {
            int[] first = [.. _chosen?.Invoke(place, count) ?? Enumerable.Range(0, count)];
            return choose(place, first.Length).Select(i => first[i]);
        };

    /// <summary>Moves the clock.</summary>
    internal void MoveClock(TimeSpan by)
    {
        DateTimeOffset end = Partitions.Select(_pipeline.Partitions.TryParse).OfType<Partition>().Where(partition => partition.HasWindow).Select(partition => partition.End).DefaultIfEmpty(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).Max();
        _test.Now = (_test.Now ?? end) + by;
    }

    /// <summary>Loads what has become stale, as a backfill does, until nothing is.</summary>
    internal async Task ReloadStaleAsync()
    {
        for (int round = 0; round < 10; round++)
        {
            IReadOnlyList<PartitionEntry> entries = await (await _test.OpenAsync().ConfigureAwait(false)).Destination.Ledger.GetPartitionsAsync(_pipeline.Name, CancellationToken.None).ConfigureAwait(false);
            string[] stale = [.. Partitions.Where(key => entries.Any(entry => entry.Partition == key && entry.State == PartitionState.Stale))];
            if (stale.Length == 0)
            {
                return;
            }

            foreach (string partition in stale)
            {
                await LoadAsync(partition).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the pipeline's tables hold.</summary>
    internal async Task<IReadOnlyList<TableContent>> ContentAsync(IReadOnlySet<string> without)
    {
        TestDatabase database = await _test.OpenAsync().ConfigureAwait(false);
        var contents = new List<TableContent>();
        foreach (LoadDescriptor load in _pipeline.Loads)
        {
            contents.Add((await database.ContentOfAsync(load.Contract).ConfigureAwait(false)).Without(without));
        }

        return contents;
    }

    /// <summary>Opens the database, so that what follows is the run alone.</summary>
    internal Task ReadyAsync() => _test.OpenAsync();

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
