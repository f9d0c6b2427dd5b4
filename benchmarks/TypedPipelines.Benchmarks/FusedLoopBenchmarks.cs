using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// The generated loop against the same loop by hand: 64 batches of 4,096 rows, five row steps, into a buffer. Where the batches are one and
/// the same, the processor soon knows by heart which way each row's branches go: then nothing hides what stands between the steps.
/// </summary>
[MemoryDiagnoser]
public class FusedLoopBenchmarks
{
    private const int Passes = 64;
    private const int RowsPerInvoke = Passes * RowBatch<RawOrder>.Capacity;

    private readonly OrderTotal[] _into = new OrderTotal[RowBatch<RawOrder>.Capacity];
    private readonly RowBatch<RawOrder>[] _batches = new RowBatch<RawOrder>[Passes];
    private readonly RawOrder[][] _rows = new RawOrder[Passes][];
    private PartitionRun _run = null!;
    private LoadInput<OrderTotal> _load = null!;

    [Params(1, Passes)]
    public int DistinctBatches { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        for (int i = 0; i < Passes; i++)
        {
            if (i >= DistinctBatches)
            {
                (_rows[i], _batches[i]) = (_rows[0], _batches[0]);
                continue;
            }

            _rows[i] = [.. Enumerable.Range(1, RowBatch<RawOrder>.Capacity).Select(id => new RawOrder(id, random.Next(1000), random.Next(365), random.Next(1, 100), random.Next(100, 10_000) / 100d))];
            _batches[i] = new RowBatch<RawOrder>();
            _batches[i].Begin("rows");
            foreach (RawOrder row in _rows[i])
            {
                _batches[i].Add(row, row.Id);
            }
        }

        PipelineDescriptor descriptor = Describe<OrdersPipeline>();
        Partition all = PartitionScheme.None.All().Single();
        var session = new NoSession();
        _run = new PartitionRun(descriptor, new RunContext(Guid.NewGuid(), "orders", all, default, NullLogger.Instance), session, null, null, null, default);
        _load = _run.OpenLoadAsync((TableContract<OrderTotal>)descriptor.Loads[0].Contract, default).GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RowsPerInvoke)]
    public int ByHand()
    {
        int count = 0;
        foreach (RawOrder[] rows in _rows)
        {
            count += OrdersPipeline.ByHand(rows, _into);
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = RowsPerInvoke)]
    public void Generated()
    {
        foreach (RowBatch<RawOrder> batch in _batches)
        {
            OrdersPipeline.Generated(batch, _run, _load);
            _load.Forget();
        }
    }

    [Benchmark(OperationsPerInvoke = RowsPerInvoke)]
    public int Linq()
    {
        int count = 0;
        foreach (RawOrder[] rows in _rows)
        {
            count += OrdersPipeline.Linq(rows, _into);
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = RowsPerInvoke)]
    public async Task<int> Dataflow()
    {
        int count = 0;
        foreach (RawOrder[] rows in _rows)
        {
            count += await OrdersPipeline.DataflowAsync(rows, _into).ConfigureAwait(false);
        }

        return count;
    }

    private static PipelineDescriptor Describe<TPipeline>()
        where TPipeline : IPipeline => TPipeline.Descriptor;

    /// <summary>A session into which nothing is staged: the loop alone is measured.</summary>
    private sealed class NoSession : IPartitionSession
    {
        public PartitionEntry? Before => null;

        public Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken) =>
            Task.FromResult<IStaging<TRow>>(new NoStaging<TRow>());

        public Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task FailAsync(RunEnd end, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private sealed class NoStaging<TRow> : IStaging<TRow>
        {
            public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken) => ValueTask.CompletedTask;
        }
    }
}
