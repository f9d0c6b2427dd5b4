using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests.Harness;

/// <summary>The engine over a destination of its own, with a clock that stands still. Each destination's tests derive a stage from it.</summary>
internal abstract class StageBase : IDisposable, IPipelineBuilder, IRunObserver
{
    private readonly string _folder = Directory.CreateTempSubdirectory("functional-").FullName;
    private readonly Lazy<ServiceProvider> _services;
    private readonly Lazy<IDestination> _destination;

    protected StageBase(DateTimeOffset? now)
    {
        Clock = new StandingClock(now ?? new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        _services = new Lazy<ServiceProvider>(() => Services.BuildServiceProvider());
        _destination = new Lazy<IDestination>(() =>
        {
            DestinationRegistration registration = _services.Value.GetRequiredService<DestinationRegistration>();
            return registration.Create(_services.Value, registration.DefaultConnectionString!);
        });
    }

    public IServiceCollection Services { get; } = new ServiceCollection();

    internal StandingClock Clock { get; }

    /// <summary>Files are written just before they are read; a test that is about this sets it.</summary>
    internal TimeSpan FileQuiet { get; set; } = TimeSpan.Zero;

    internal PipelineCatalog Catalog => new(_services.Value.GetServices<PipelineRegistration>());

    internal IDestination Destination => _destination.Value;

    internal ILedger Ledger => Destination.Ledger;

    internal Planner Planner => new(Catalog, Destination, Clock);

    protected string Folder => _folder;

    internal async Task<PartitionResult> RunAsync(string pipeline, string? partition = null, CancellationToken cancellationToken = default) =>
        (await RunAsync([Planner.PlanOne(pipeline, partition)], cancellationToken)).Single();

    internal async Task<IReadOnlyList<PartitionResult>> BackfillAsync(BackfillRequest request) =>
        await RunAsync(await Planner.PlanAsync(request, CancellationToken.None), CancellationToken.None);

    internal Task<IReadOnlyList<PartitionResult>> RunAsync(IReadOnlyList<PlannedPartition> plan, CancellationToken cancellationToken) =>
        RunAsync(plan, new RunOptions { LockWait = TimeSpan.Zero, FileQuiet = FileQuiet }, cancellationToken);

    internal Task<IReadOnlyList<PartitionResult>> RunAsync(IReadOnlyList<PlannedPartition> plan, RunOptions options, CancellationToken cancellationToken) =>
        Runner(options).RunAsync(plan, this, cancellationToken);

    internal PipelineRunner Runner(RunOptions? options = null) =>
        new(Catalog, Destination, Clock, NullLoggerFactory.Instance, options ?? new RunOptions { LockWait = TimeSpan.Zero }, _services.Value);

    internal string WriteFile(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>What began and ended, in that order.</summary>
    internal List<string> Told { get; } = [];

    public void Started(PlannedPartition planned) => Told.Add($"{planned.Partition.Key} begins");

    /// <summary>What happens when the first rows have been read.</summary>
    internal Action? OnRowsRead { get; set; }

    public void RowsRead(PlannedPartition planned, long rows)
    {
        Action? once = OnRowsRead;
        OnRowsRead = null;
        once?.Invoke();
    }

    public void Finished(PartitionResult result) => Told.Add($"{result.Planned.Partition.Key} ends");

    public virtual void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }

        if (_destination is { IsValueCreated: true, Value: IAsyncDisposable connected })
        {
            connected.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>What the sources of the test pipelines give: set by a test, seen only by what that test calls.</summary>
internal static class Feed
{
    private static readonly AsyncLocal<Dictionary<Type, object>> Rows = new();

    internal static void Give<T>(params IEnumerable<T> rows) => Set<T>(_ => rows);

    internal static void Set<T>(Func<Partition, IEnumerable<T>> rows) => (Rows.Value ??= [])[typeof(T)] = rows;

    internal static IEnumerable<T> Take<T>(Partition partition) => ((Func<Partition, IEnumerable<T>>)Rows.Value![typeof(T)])(partition);
}
