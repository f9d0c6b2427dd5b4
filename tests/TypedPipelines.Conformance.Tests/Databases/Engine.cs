using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Databases;

/// <summary>The planner and the runner over a pipeline, and others beside it, at a time that the test sets, with all that is logged.</summary>
internal sealed class Engine(PipelineRegistration pipeline, IDestination destination, params PipelineRegistration[] others) : TimeProvider, ILoggerFactory, ILogger, IRunObserver
{
    internal DateTimeOffset Time { get; set; } = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);

    internal List<(LogLevel Level, string Message)> Log { get; } = [];

    internal Planner Planner => new(new PipelineCatalog([pipeline, .. others]), destination, this);

    internal Task<IReadOnlyList<PlannedPartition>> PlanAsync(string? from = null, string? to = null) =>
        Planner.PlanAsync(new BackfillRequest([]) { From = from, To = to }, CancellationToken.None);

    internal Task<IReadOnlyList<PartitionResult>> RunAsync(IReadOnlyList<PlannedPartition> plan, CancellationToken cancellationToken = default) =>
        new PipelineRunner(new PipelineCatalog([pipeline, .. others]), destination, this, this, new RunOptions()).RunAsync(plan, this, cancellationToken);

    public override DateTimeOffset GetUtcNow() => Time;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Add((logLevel, formatter(state, exception)));

    void IRunObserver.Started(PlannedPartition planned)
    {
    }

    void IRunObserver.RowsRead(PlannedPartition planned, long rows)
    {
    }

    void IRunObserver.Finished(PartitionResult result)
    {
    }
}
