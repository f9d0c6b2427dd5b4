using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>backfill</c>: every partition that is not up to date.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _from = new("--from") { Description = "The first partition. [default: the first there is]", HelpName = "key" };
    private readonly Option<string?> _to = new("--to") { Description = "The last partition, itself included. [default: the latest that can be loaded]", HelpName = "key" };
    private readonly Option<bool> _force = new("--force") { Description = "Also load partitions that are up to date." };
    private readonly Option<bool> _stale = new("--stale") { Description = "Load only partitions that are stale, also those that are up to date by other logic than today's." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be loaded and why, and change nothing." };
    private readonly Option<bool> _json = Json();
    private readonly Option<bool> _quiet = Quiet();

    internal BackfillCommand(CommandLauncher launch)
        : base("backfill", "Load every partition that is missing, failed, partial, stale or changed.")
    {
        Add(_pipelines);
        Add(_from);
        Add(_to);
        Add(_force);
        Add(_stale);
        Add(_dryRun);
        Add(CommandLine.LockWait.Create());
        Add(_quiet);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_force) && result.GetValue(_stale))
            {
                result.AddError("--force loads all partitions and --stale only some: give one of them");
            }
        });
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "backfill                                    load all that is missing, of all pipelines",
        "backfill flights --dry-run                  see what that would be, and why",
        "backfill flights --from 2001-01-01 --to 2001-01-31 --force",
        "backfill flights --stale --dry-run          see what a change of code makes stale, and why",
    ];

    private Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] names = parsed.GetValue(_pipelines) ?? [];
        session.Select(names);
        bool stale = parsed.GetValue(_stale);
        return new Backfill(session, parsed.GetValue(_dryRun), parsed.GetValue(_json), parsed.GetValue(_quiet))
        {
            Nothing = plan => stale ? "No partition is stale." : plan.Count == 0 ? "There is no partition to load yet." : "Every partition is up to date.",
        }.ExecuteAsync(new BackfillRequest(names, parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_force)) { StaleOnly = stale });
    }
}
