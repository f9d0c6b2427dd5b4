using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Benchmarks;

/// <summary>The generated loop against the same loop by hand: 4,096 rows, five row steps, into a buffer.</summary>
[MemoryDiagnoser]
public class FusedLoopBenchmarks
{
    private readonly RowBatch<RawOrder> _batch = new();
    private readonly OrderTotal[] _into = new OrderTotal[2 * RowBatch<RawOrder>.Capacity];
    private readonly StepCursor _at = new();
    private RawOrder[] _rows = [];
    private PartitionRun _run = null!;
    private LoadInput<OrderTotal> _load = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        _rows = [.. Enumerable.Range(1, RowBatch<RawOrder>.Capacity).Select(id => new RawOrder(id, random.Next(1000), random.Next(365), random.Next(1, 100), random.Next(100, 10_000) / 100d))];
        _batch.Begin("rows");
        foreach (RawOrder row in _rows)
        {
            _batch.Add(row, row.Id);
        }

        PipelineDescriptor descriptor = Describe<OrdersPipeline>();
        Partition all = PartitionScheme.None.All().Single();
        var session = new NoSession();
        _run = new PartitionRun(descriptor, new RunContext(Guid.NewGuid(), "orders", all, default, NullLogger.Instance), session, null, null, default);
        _load = _run.OpenLoadAsync((TableContract<OrderTotal>)descriptor.Loads[0].Contract, default).GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RowBatch<RawOrder>.Capacity)]
    public int ByHand() => OrdersPipeline.ByHand(_rows, _into);

    [Benchmark(OperationsPerInvoke = RowBatch<RawOrder>.Capacity)]
    public void Generated()
    {
        OrdersPipeline.Generated(_batch, _run, _at, _load);
        _load.Forget();
    }

    [Benchmark(OperationsPerInvoke = RowBatch<RawOrder>.Capacity)]
    public int Linq() => OrdersPipeline.Linq(_rows, _into);

    [Benchmark(OperationsPerInvoke = RowBatch<RawOrder>.Capacity)]
    public Task<int> Dataflow() => OrdersPipeline.DataflowAsync(_rows, _into);

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
