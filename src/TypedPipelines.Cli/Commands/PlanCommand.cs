using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>plan</c>: what a backfill would load, and why. Changes nothing.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _from = From();
    private readonly Option<string?> _to = To();
    private readonly Option<bool> _stale = new("--stale") { Description = "Only what is stale, also by other logic than today's." };
    private readonly Option<string?> _explain = new("--explain") { Description = "All that is known of one partition of the pipeline named.", HelpName = "key" };
    private readonly Option<bool> _json = Json();

    internal PlanCommand(CommandLauncher launch)
        : base("plan", "Show what a backfill would load, why, and what it is likely to take.")
    {
        Add(_pipelines);
        Add(_from);
        Add(_to);
        Add(_stale);
        Add(_explain);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_explain) is null)
            {
                return;
            }

            if (result.GetValue(_pipelines) is not { Length: 1 })
            {
                result.AddError("--explain takes one partition of one pipeline: name the pipeline, as in: plan flights --explain 2001-01-17");
            }
            else if (result.GetValue(_from) is not null || result.GetValue(_to) is not null || result.GetValue(_stale))
            {
                result.AddError("--explain is about one partition: leave out --from, --to and --stale");
            }
        });
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "plan                                        what is missing, failed, stale or changed, of all pipelines",
        "plan flights --stale                        what a change of code makes stale, and why",
        "plan flights --explain 2001-01-17           all that is known of one partition",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] names = parsed.GetValue(_pipelines) ?? [];
        session.Select(names);
        bool json = parsed.GetValue(_json);
        if (parsed.GetValue(_explain) is { } key)
        {
            PartitionExplanation explanation = await session.Explainer.ExplainAsync(names[0], key, session.Stop).ConfigureAwait(false);
            if (json)
            {
                CliJson.Write(session.Screen.Output, ExplanationDocument.Of(session.DestinationName, explanation), CliJson.Readable.ExplanationDocument);
            }
            else
            {
                ExplanationText.Write(session.Screen.Output, explanation);
            }

            return ExitCode.Done;
        }

        bool stale = parsed.GetValue(_stale);
        return await new Backfill(session, DryRun: true, json, Quiet: false)
        {
            Nothing = plan => Backfill.NothingOf(plan, stale ? "stale" : ""),
        }.ExecuteAsync(new BackfillRequest(names, parsed.GetValue(_from), parsed.GetValue(_to)) { StaleOnly = stale }).ConfigureAwait(false);
    }
}
