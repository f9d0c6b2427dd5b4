using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>backfill</c>: every partition that is not up to date.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _from = From();
    private readonly Option<string?> _to = To();
    private readonly Option<bool> _force = new("--force") { Description = "Also load partitions that are up to date." };
    private readonly Option<bool> _stale = new("--stale") { Description = "Load only partitions that are stale, also those that are up to date by other logic than today's." };
    private readonly Option<bool> _failed = new("--failed") { Description = "Load only partitions whose last run failed; with --stale or --missing, also those." };
    private readonly Option<bool> _missing = new("--missing") { Description = "Load only partitions that were never loaded; with --stale or --failed, also those." };
    private readonly Option<bool> _downstream = new("--downstream") { Description = "Also load what reads the tables of the pipelines named, as far as these change it." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be loaded and why, and change nothing." };
    private readonly Option<bool> _yes = LargeWork.Yes();
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
        Add(_failed);
        Add(_missing);
        Add(_downstream);
        Add(_dryRun);
        Add(LoadOptions.Parallel());
        Add(LoadOptions.MaxFailures());
        Add(LoadOptions.LockWait());
        Add(_yes);
        Add(_quiet);
        Add(_json);
        Validators.Add(result =>
        {
            Option<bool>? some = new[] { _stale, _failed, _missing }.FirstOrDefault(result.GetValue);
            if (result.GetValue(_force) && some is not null)
            {
                result.AddError($"--force loads all partitions and {some.Name} only some: give one of them");
            }

            if (result.GetValue(_downstream) && result.GetValue(_pipelines) is not { Length: > 0 })
            {
                result.AddError("--downstream adds what reads the tables of the pipelines named, and none is: without a name all pipelines are loaded");
            }
        });
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "backfill                                    load all that is missing, of all pipelines",
        "backfill flights --dry-run                  see what that would be, and why",
        "backfill flights --from 2001-01-01 --to 2001-01-31 --force",
        "backfill --parallel 4 --max-failures 10     four partitions at the same time, until ten have failed",
        "backfill flights --stale --dry-run          see what a change of code makes stale, and why",
    ];

    private Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] names = parsed.GetValue(_pipelines) ?? [];
        session.Select(names);
        bool stale = parsed.GetValue(_stale);
        bool failed = parsed.GetValue(_failed);
        bool missing = parsed.GetValue(_missing);
        string some = string.Join(" or ", new[] { stale ? "stale" : null, failed ? "failed" : null, missing ? "missing" : null }.OfType<string>());
        return new Backfill(session, parsed.GetValue(_dryRun), parsed.GetValue(_json), parsed.GetValue(_quiet))
        {
            Nothing = plan => Backfill.NothingOf(plan, some),
            Yes = parsed.GetValue(_yes),
        }.ExecuteAsync(new BackfillRequest(names, parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_force))
        {
            StaleOnly = stale,
            FailedOnly = failed,
            MissingOnly = missing,
            Downstream = parsed.GetValue(_downstream),
        });
    }
}
