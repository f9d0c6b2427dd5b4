using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>retry</c>: the partitions whose last run failed, and no others.</summary>
internal sealed class RetryCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be loaded and why, and change nothing." };
    private readonly Option<bool> _yes = LargeWork.Yes();
    private readonly Option<bool> _json = Json();
    private readonly Option<bool> _quiet = Quiet();

    internal RetryCommand(CommandLauncher launch)
        : base("retry", "Load the partitions whose last run failed again, and no others.")
    {
        Add(_pipelines);
        Add(_dryRun);
        Add(LoadOptions.Parallel());
        Add(LoadOptions.MaxFailures());
        Add(LoadOptions.LockWait());
        Add(_yes);
        Add(_quiet);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "retry                                       load what failed, of all pipelines",
        "retry flights --dry-run                     see what that would be",
    ];

    private Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] names = parsed.GetValue(_pipelines) ?? [];
        session.Select(names);
        return new Backfill(session, parsed.GetValue(_dryRun), parsed.GetValue(_json), parsed.GetValue(_quiet))
        {
            Nothing = static _ => "No partition has failed.",
            Yes = parsed.GetValue(_yes),
        }.ExecuteAsync(new BackfillRequest(names) { FailedOnly = true });
    }
}
