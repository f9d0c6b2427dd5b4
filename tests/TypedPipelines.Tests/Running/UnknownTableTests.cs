using Microsoft.Extensions.Logging;
using TypedPipelines.Running;
using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Running;

/// <summary>A table that no pipeline of the program loads may be another program's, or a pipeline that was left out.</summary>
public sealed class UnknownTableTests
{
    [Fact]
    public async Task ATableThatNoPipelineLoads_IsWarnedOfOnce()
    {
        var loaded = new Lines("loaded");
        PipelineRegistration reading = Pipelines.Named("reading", PartitionScheme.Daily("2024-01-01"), reads: [new Lines("elsewhere"), loaded]);
        PipelineRegistration loading = Pipelines.Named("loading", PartitionScheme.Daily("2024-01-01"), loads: loaded);
        var catalog = new PipelineCatalog([reading, loading]);
        using var watcher = new Watcher();
        var runner = new PipelineRunner(catalog, new MemoryDestination(), new FixedClock(Utc("2024-01-05T12:00Z")), watcher, new RunOptions());

        await runner.RunAsync(
            [.. new[] { "2024-01-01", "2024-01-02" }.Select(day => new PlannedPartition(reading, reading.Descriptor.Partitions.Parse(day), PlanReason.Missing))],
            watcher,
            CancellationToken.None);

        watcher.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).ShouldBe(
            ["Warning 1007 reading reads the table elsewhere, which no pipeline of this program loads: whether it is there and complete cannot be checked beforehand"]);
    }

    private sealed class Watcher : ILoggerFactory, ILogger, IRunObserver
    {
        internal List<string> Lines { get; } = [];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public void Started(PlannedPartition planned)
        {
        }

        public void RowsRead(PlannedPartition planned, long rows)
        {
        }

        public void Finished(PartitionResult result)
        {
        }
    }
}
