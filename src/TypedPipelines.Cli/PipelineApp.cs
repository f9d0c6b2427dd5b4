using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedPipelines.Cli;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines;

/// <summary>
/// A program that runs pipelines: an ordinary generic host with the commands <c>list</c>, <c>run</c>, <c>backfill</c>,
/// <c>status</c> and <c>rejects</c>.
/// <code>
/// var app = PipelineApp.Create(args);
/// app.AddPipelines();
/// app.UseSqlite("Data Source=flights.db");
/// return await app.RunAsync();
/// </code>
/// </summary>
public sealed class PipelineApp : IPipelineBuilder
{
    private readonly string[] _args;
    private readonly HostApplicationBuilder _builder;
    private readonly PipelineException? _misconfigured;

    private PipelineApp(string[] args, string contentRoot)
    {
        _args = args;
        _builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ContentRootPath = contentRoot,
            EnvironmentName = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        });
        _misconfigured = ReadConfiguration();
        LogDefaults.Add(_builder.Logging, _builder.Configuration);
        _builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    /// <inheritdoc/>
    public IServiceCollection Services => _builder.Services;

    /// <summary>
    /// The configuration: <c>appsettings.json</c> and <c>appsettings.{environment}.json</c> in the working directory, then the
    /// environment variables.
    /// </summary>
    public IConfigurationManager Configuration => _builder.Configuration;

    /// <summary>The logging. Unless changed, warnings and errors go to the error output.</summary>
    public ILoggingBuilder Logging => _builder.Logging;

    /// <summary>The name of the environment (<c>DOTNET_ENVIRONMENT</c>) and the directory in which configuration is looked for.</summary>
    public IHostEnvironment Environment => _builder.Environment;

    /// <summary>Begins a program.</summary>
    /// <param name="args">The command line.</param>
    public static PipelineApp Create(string[] args) => Create(args, Directory.GetCurrentDirectory());

    internal static PipelineApp Create(string[] args, string contentRoot)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new PipelineApp(args, contentRoot);
    }

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>The exit code of the process; docs/cli.md says what each means.</returns>
    public async Task<int> RunAsync()
    {
        Screen screen = Screen.OfProcess();
        using var interruption = Interruption.OfProcess(screen.ShowCursor);
        return await RunAsync(screen, interruption).ConfigureAwait(false);
    }

    internal async Task<int> RunAsync(Screen screen, Interruption interruption)
    {
        interruption.Notice = screen.Error.WriteLine;
        var options = new GlobalOptions();
        ParseResult parsed = new CommandTree(LaunchAsync, options, screen).Parse(_args);
        if (ParseFailure.Find(parsed) is { } failure)
        {
            return ParseFailure.Write(screen, failure, parsed);
        }

        GlobalValues globals = options.Read(parsed);
        try
        {
            // Signals and exceptions are handled here, and not by the command line's library: a partition takes as long as it
            // takes to roll back, and no stack trace is shown to those who did not ask for it.
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = screen.Output,
                    Error = screen.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return ErrorText.Write(screen, e, globals.Verbose, ParseFailure.HelpOf(parsed));
        }

        async Task<int> LaunchAsync(ParseResult line, Func<CliSession, Task<int>> command)
        {
            GlobalValues values = options.Read(line);
            if (values.Verbose)
            {
                LogDefaults.AddVerbose(_builder.Logging);
            }

            await using var session = new CliSession(BuildHost(), values, screen, interruption);
            return await command(session).ConfigureAwait(false);
        }
    }

    private IHost BuildHost() => _misconfigured is null ? _builder.Build() : throw _misconfigured;

    /// <summary>
    /// Reads what the generic host reads, without watching the files: a run of minutes needs no reload, and a machine has only so
    /// many watches. What is wrong with a file is told when a command runs, and not as an exception out of Program.cs.
    /// </summary>
    private PipelineException? ReadConfiguration()
    {
        try
        {
            _builder.Configuration.AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);
            _builder.Configuration.AddJsonFile($"appsettings.{_builder.Environment.EnvironmentName}.json", optional: true, reloadOnChange: false);
            _builder.Configuration.AddEnvironmentVariables();
            return null;
        }
        catch (InvalidDataException e)
        {
            return new PipelineException(
                FailureKind.Usage, $"the configuration cannot be read: {e.Message.TrimEnd('.')}{(e.InnerException is { } cause ? $" {cause.Message.TrimEnd('.')}" : "")}", "Mend the file.", e);
        }
    }
}
