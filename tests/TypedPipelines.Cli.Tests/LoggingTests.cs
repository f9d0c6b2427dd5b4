using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TypedPipelines.Cli.Tests;

public sealed class LoggingTests
{
    [Fact]
    public async Task Results_reach_the_loggers_that_the_program_adds()
    {
        var log = new Memory();
        var program = new Program { Configure = app => app.Logging.AddProvider(log) };
        await program.RunAsync("run", "flights");
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("Information TypedPipelines.Run flights 2001-01-03 loaded: 3 read");
    }

    [Fact]
    public async Task The_hosts_services_run_while_partitions_do_and_only_then()
    {
        var service = new Service();
        var program = new Program { Configure = app => app.Services.AddSingleton<IHostedService>(service) };
        await program.RunAsync("status");
        await program.RunAsync("backfill", "--dry-run");
        service.Calls.ShouldBeEmpty();
        await program.RunAsync("backfill");
        service.Calls.ShouldBe(["start", "stop"]);
    }

    /// <summary>The console formats it in the machine's culture, where a colon can be a point.</summary>
    [Fact]
    public void The_time_of_a_line_is_written_the_same_in_Finland()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => Hosting.LogDefaults.Add(logging, new ConfigurationBuilder().Build()));
        using ServiceProvider provider = services.BuildServiceProvider();
        string format = provider.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value.TimestampFormat.ShouldNotBeNull();
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToString(format, new CultureInfo("fi-FI")).ShouldBe("2026-01-02T03:04:05Z ");
    }

    private sealed class Service : IHostedService
    {
        internal List<string> Calls { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Calls.Add("start");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Calls.Add("stop");
            return Task.CompletedTask;
        }
    }

    private sealed class Memory : ILoggerProvider, ILogger
    {
        private string _category = "";

        internal List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Memory(Lines) { _category = categoryName };

        public Memory()
        {
        }

        private Memory(List<string> lines) => Lines = lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {_category} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
