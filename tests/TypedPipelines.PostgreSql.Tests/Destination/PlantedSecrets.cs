using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.OpenLineage;
using TypedPipelines.Running;
using TypedPipelines.Telemetry;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>A password and a key are planted, and looked for in everything that a run writes: logs of every level, failures, the ledger, spans, events.</summary>
public sealed class PlantedSecrets : IRunObserver, ILoggerFactory, ILogger
{
    private const string Password = "pl4nted-passw0rd";
    private const string Key = "pl4nted-k3y";

    private static readonly DateOnly Day = new(2026, 2, 27);

    private readonly List<string> _heard = [];

    [Fact]
    public async Task A_run_that_loads_and_one_that_fails_say_neither()
    {
        using var stage = new Stage();
        await RunAsync(stage, new NpgsqlConnectionStringBuilder(stage.ConnectionString) { Password = Password }.ConnectionString);

        _heard.ShouldContain(line => line.StartsWith("ledger ", StringComparison.Ordinal));
        ExpectNoSecret();
    }

    [Theory]
    [InlineData("Port", "1")]
    [InlineData("Database", "no_such_database")]
    [InlineData("Username", "no_such_user")]
    [InlineData("SSL Mode", "Require")]
    [InlineData("Target Session Attributes", "nonsense")]
    [InlineData("No Such Keyword", "1")]
    public async Task A_destination_that_cannot_be_reached_says_neither(string keyword, string value)
    {
        using var stage = new Stage();
        await RunAsync(stage, $"{stage.ConnectionString};Password={Password};{keyword}={value}");

        _heard.ShouldContain(line => line.Contains("PipelineException", StringComparison.Ordinal));
        ExpectNoSecret();
    }

    private async Task RunAsync(Stage stage, string connection)
    {
        string events = stage.WriteFile("events.jsonl", "");
        stage.AddPipeline<TracedPipeline>();
        stage.UseOpenLineage(new OpenLineageOptions { File = events, Url = new Uri("http://127.0.0.1:1/"), ApiKey = Key, IncludeMessages = true });
        using ServiceProvider services = stage.Services.BuildServiceProvider();
        using var spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PipelineTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Hear($"span {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(spans);
        foreach (int value in new[] { 5, 0 })
        {
            Feed.Give(new Measured("a", Day, value));
            try
            {
                await using var destination = new PostgreSqlDestination(connection, stage.Clock, this);
                var runner = new PipelineRunner(stage.Catalog, destination, stage.Clock, this, new RunOptions { LockWait = TimeSpan.Zero }, services);
                PlannedPartition planned = new Planner(stage.Catalog, destination, stage.Clock).PlanOne("traced", "2026-02-27");
                await runner.RunAsync([planned], this, CancellationToken.None);
                foreach (RunEntry run in await destination.Ledger.GetRunsAsync("traced", 10, CancellationToken.None))
                {
                    Hear($"ledger {run}");
                }
            }
            catch (PipelineException e)
            {
                Hear($"{e} {e.What} {e.Next}");
            }
        }

        Hear(await File.ReadAllTextAsync(events));
    }

    private void ExpectNoSecret()
    {
        lock (_heard)
        {
            _heard.Where(static line => line.Contains("pl4nted", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    private void Hear(string line)
    {
        lock (_heard)
        {
            _heard.Add(line);
        }
    }

    void IRunObserver.Started(PlannedPartition planned)
    {
    }

    void IRunObserver.RowsRead(PlannedPartition planned, long rows)
    {
    }

    void IRunObserver.Finished(PartitionResult result) => Hear($"{result} {result.Failure}");

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Hear(string.Create(CultureInfo.InvariantCulture, $"{logLevel} {formatter(state, exception)} {exception}"));

    void IDisposable.Dispose()
    {
    }
}
