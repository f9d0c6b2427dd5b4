using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>run</c>: one partition, whatever its state.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly Argument<string> _pipeline = new("pipeline") { Description = "The pipeline." };
    private readonly Option<string?> _partition = new("--partition", "-p")
    {
        Description = "The partition's key, such as 2001-01-31. [default: the latest that can be loaded]",
        HelpName = "key",
    };

    private readonly Option<bool> _json = Json();
    private readonly Option<bool> _quiet = Quiet();

    internal RunCommand(CommandLauncher launch)
        : base("run", "Load one partition, also where it is complete already.")
    {
        Add(_pipeline);
        Add(_partition);
        Add(LoadOptions.LockWait());
        Add(_quiet);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "run flights                                 load the latest partition",
        "run flights --partition 2001-01-17          load one partition again",
    ];

    private Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string pipeline = session.Select([parsed.GetRequiredValue(_pipeline)])[0].Name;
        return new PlanRun(session, parsed.GetValue(_json), parsed.GetValue(_quiet), Summary: false)
            .ExecuteAsync([session.Planner.PlanOne(pipeline, parsed.GetValue(_partition))]);
    }
}
