using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Generators.Tests.Harness;

/// <summary>Runs the pipelines of a compiled snapshot on SQLite, in a folder with the snapshot's files.</summary>
internal sealed class SnapshotRun(string folder) : IPipelineBuilder, IRunObserver
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Runs the first partition of every pipeline; gives a line for each with how it ended.</summary>
    internal async Task<string> RunAsync(Assembly assembly)
    {
        assembly.GetType("TypedPipelines.ProjectPipelines", throwOnError: true)!.GetMethod("AddPipelines")!.Invoke(null, [this]);
        Services.AddSingleton<TimeProvider>(new Clock());
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        this.UseSqlite($"Data Source={Path.Combine(folder, "snapshot.db")}");
        await using ServiceProvider services = Services.BuildServiceProvider();
        DestinationRegistration sqlite = services.GetRequiredService<DestinationRegistration>();
        IDestination destination = sqlite.Create(services, sqlite.DefaultConnectionString!);
        var catalog = new PipelineCatalog(services.GetServices<PipelineRegistration>());
        var clock = services.GetRequiredService<TimeProvider>();
        var planner = new Planner(catalog, destination, clock);
        var runner = new PipelineRunner(catalog, destination, clock, NullLoggerFactory.Instance, new RunOptions());
        var lines = new List<string>();
        foreach (PipelineRegistration pipeline in catalog.Pipelines)
        {
            string first = pipeline.Descriptor.Partitions.All().First().Key;
            foreach (PartitionResult result in await runner.RunAsync([planner.PlanOne(pipeline.Descriptor.Name, first)], this, CancellationToken.None))
            {
                string tables = string.Join(", ", result.Tables.Select(table => $"{table.Table} +{table.Inserted}"));
                lines.Add($"{pipeline.Descriptor.Name} {first}: {result.Status}, {result.Counts.Read} read, {result.Counts.Dropped} dropped, {result.Counts.Rejected} rejected; {tables}{result.Failure?.Message}");
            }
        }

        return string.Join('\n', lines) + "\n";
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

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
