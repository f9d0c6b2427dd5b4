using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
