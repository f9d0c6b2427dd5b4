using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Schedules;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>serve</c>: runs pipelines by their schedules, until it is stopped.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _health = new("--health")
    {
        Description = "Where to answer /health and /live over HTTP: a port of this machine alone, or host:port, such as *:8080.",
        HelpName = "address",
    };

    private readonly Option<bool> _yes = LargeWork.Yes();
    private readonly Option<bool> _quiet = Quiet();

    internal ServeCommand(CommandLauncher launch)
        : base("serve", "Run pipelines by their schedules, until SIGTERM or Ctrl-C.")
    {
        Add(_pipelines);
        Add(_health);
        Add(LoadOptions.Parallel());
        Add(LoadOptions.MaxFailures());
        Add(LoadOptions.LockWait());
        Add(_yes);
        Add(_quiet);
        Validators.Add(result =>
        {
            if (result.GetValue(_health) is { } address && HealthEndpoint.PrefixOf(address) is null)
            {
                result.AddError($"--health takes a port or host:port, such as 8080 or *:8080, not '{address}'");
            }
        });
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "serve                                       run all pipelines that have a schedule",
        "serve flights --health *:8080               run one, and answer probes on port 8080",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] named = parsed.GetValue(_pipelines) ?? [];
        IReadOnlyList<PipelineDescriptor> pipelines = session.Select(named);
        IPipelineScheduler scheduler = session.Scheduler ?? throw new PipelineException(
            FailureKind.Usage, "this program has nothing that keeps schedules", "Reference TypedPipelines.Scheduling, and call app.UseSchedules() in Program.cs.");
        List<PipelineDescriptor> scheduled = [.. pipelines.Where(pipeline => pipeline.Schedule is not null)];
        if (scheduled.Count == 0 || (named.Length > 0 && scheduled.Count < pipelines.Count))
        {
            string without = named.Length == 0 ? "no pipeline has" : $"{string.Join(" and ", pipelines.Except(scheduled).Select(pipeline => pipeline.Name))} {(pipelines.Count - scheduled.Count == 1 ? "has no" : "have no")}";
            throw new PipelineException(FailureKind.Usage, $"{without}{(named.Length == 0 ? " a" : "")} schedule", "Declare it on the class: [Schedule(\"0 6 * * *\")] is six o'clock every day.");
        }

        var check = new PipelineHealthCheck(session.Catalog, session.Destination, session.Clock);
        await using HealthEndpoint? health = parsed.GetValue(_health) is { } address ? HealthEndpoint.Start(address, check, session.Clock) : null;
        return await new Serving(session, scheduler, scheduled, parsed.GetValue(_yes), parsed.GetValue(_quiet)).RunAsync().ConfigureAwait(false);
    }
}
