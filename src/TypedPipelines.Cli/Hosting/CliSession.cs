using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Destinations;
using TypedPipelines.Hosting;
using TypedPipelines.Running;
using TypedPipelines.Schedules;

namespace TypedPipelines.Cli.Hosting;

/// <summary>What a command works with: the host's pipelines and destination, the screen, and the signal to stop.</summary>
internal sealed class CliSession : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly GlobalValues _globals;
    private IDestination? _destination;
    private bool _started;

    internal CliSession(IHost host, GlobalValues globals, Screen screen, Interruption interruption)
    {
        _host = host;
        _globals = globals;
        Screen = screen;
        Interruption = interruption;
        Catalog = new PipelineCatalog(host.Services.GetServices<PipelineRegistration>());
        Clock = host.Services.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    internal IConfiguration Configuration => _host.Services.GetRequiredService<IConfiguration>();

    internal PipelineCatalog Catalog { get; }

    internal TimeProvider Clock { get; }

    internal Screen Screen { get; }

    internal Interruption Interruption { get; }

    internal CancellationToken Stop => Interruption.Token;

    internal bool Verbose => _globals.Verbose;

    /// <summary>The destination; chosen when it is first needed, since <c>list</c> does not need one.</summary>
    internal IDestination Destination
    {
        get
        {
            if (_destination is null)
            {
                (DestinationRegistration destination, string connection) = DestinationChoice.Choose(
                    [.. _host.Services.GetServices<DestinationRegistration>()],
                    Configuration,
                    new AskedDestination(_globals.Destination, _globals.Connection));
                _destination = destination.Create(_host.Services, connection);
            }

            return _destination;
        }
    }

    /// <summary>The destination for people.</summary>
    internal string DestinationName => $"{Destination.DisplayName} ({Destination.Name})";

    internal Explainer Explainer => new(Catalog, Destination, Clock);

    /// <summary>What keeps schedules; null where the program has none.</summary>
    internal IPipelineScheduler? Scheduler => _host.Services.GetService<IPipelineScheduler>();

    internal Planner Planner => new(Catalog, Destination, Clock);

    /// <summary>Starts the host's services, such as the exporters of telemetry, and gives what runs partitions.</summary>
    internal async Task<PipelineRunner> StartAsync()
    {
        if (!_started)
        {
            await _host.StartAsync(Stop).ConfigureAwait(false);
            _started = true;
        }

        RunOptions options = _globals.Load.Over(_host.Services.GetService<RunOptions>() ?? new RunOptions());
        return new PipelineRunner(Catalog, Destination, Clock, _host.Services.GetRequiredService<ILoggerFactory>(), options, _host.Services);
    }

    /// <summary>Brings the tables that pipelines load to their contracts' shape.</summary>
    /// <returns>The pipelines whose tables the destination refuses, and why.</returns>
    internal Task<IReadOnlyDictionary<string, PipelineException>> PrepareAsync(IEnumerable<PipelineDescriptor> pipelines) =>
        new PipelineRunner(Catalog, Destination, Clock, _host.Services.GetRequiredService<ILoggerFactory>(), new RunOptions()).PrepareAsync(pipelines, Stop);

    /// <summary>The pipelines named, or all where none is; in the order in which they depend on each other.</summary>
    /// <exception cref="PipelineException">One does not exist, or none is registered.</exception>
    internal IReadOnlyList<PipelineDescriptor> Select(IReadOnlyList<string> names)
    {
        List<PipelineDescriptor> all = [.. Catalog.Pipelines.Select(pipeline => pipeline.Descriptor)];
        if (all.Count == 0)
        {
            throw new PipelineException(FailureKind.Usage, "no pipeline is registered", "Call AddPipelines() in Program.cs.");
        }

        foreach (string name in names)
        {
            if (!all.Exists(pipeline => pipeline.Name == name))
            {
                List<string> known = [.. all.Select(pipeline => pipeline.Name)];
                throw new PipelineException(
                    FailureKind.Usage, $"there is no pipeline named '{name}'", $"{NearestName.Question(name, known)}There are: {string.Join(", ", known)}.");
            }
        }

        return names.Count == 0 ? all : [.. all.Where(pipeline => names.Contains(pipeline.Name))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            // Also after a cancel: the exporters get their time to send what the run left them.
            await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        switch (_destination)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
    }
}
