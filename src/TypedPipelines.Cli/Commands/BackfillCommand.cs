using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>backfill</c>: every partition that is not up to date.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _from = new("--from") { Description = "The first partition. [default: the first there is]", HelpName = "key" };
    private readonly Option<string?> _to = new("--to") { Description = "The last partition, itself included. [default: the latest that can be loaded]", HelpName = "key" };
    private readonly Option<bool> _force = new("--force") { Description = "Also load partitions that are up to date." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be loaded and why, and change nothing." };
    private readonly Option<bool> _json = Json();
    private readonly Option<bool> _quiet = Quiet();

    internal BackfillCommand(CommandLauncher launch)
        : base("backfill", "Load every partition that is missing, failed or partial.")
    {
        Add(_pipelines);
        Add(_from);
        Add(_to);
        Add(_force);
        Add(_dryRun);
        Add(CommandLine.LockWait.Create());
        Add(_quiet);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "backfill                                    load all that is missing, of all pipelines",
        "backfill flights --dry-run                  see what that would be, and why",
        "backfill flights --from 2001-01-01 --to 2001-01-31 --force",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string[] names = parsed.GetValue(_pipelines) ?? [];
        session.Select(names);
        bool json = parsed.GetValue(_json);
        bool quiet = parsed.GetValue(_quiet);
        IReadOnlyList<PlannedPartition> plan = await session.Planner.PlanAsync(
            new BackfillRequest(names, parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_force)), session.Stop).ConfigureAwait(false);
        bool nothing = !plan.Any(planned => planned.Runs);
        TextWriter output = session.Screen.Output;
        if (parsed.GetValue(_dryRun))
        {
            DryRun(session, plan, json);
        }
        else if (nothing && json)
        {
            List<PartitionResult> results = [.. plan.Select(planned => new PartitionResult(planned, PartitionStatus.UpToDate, null, default, [], TimeSpan.Zero, null))];
            CliJson.Write(output, RunDocument.Of(session.DestinationName, plan.Count, results, ExitCode.Done, null), CliJson.Readable.RunDocument);
        }

        if (nothing && !json)
        {
            output.WriteLine(plan.Count == 0 ? "There is no partition to load yet." : "Every partition is up to date.");
        }

        if (nothing || parsed.GetValue(_dryRun))
        {
            return ExitCode.Done;
        }

        if (!json && !quiet)
        {
            output.WriteLine($"Loading into {session.DestinationName}");
            SummaryText.WritePlan(output, plan);
            output.WriteLine();
        }

        return await new PlanRun(session, json, quiet, Summary: true).ExecuteAsync(plan).ConfigureAwait(false);
    }

    private static void DryRun(CliSession session, IReadOnlyList<PlannedPartition> plan, bool json)
    {
        if (json)
        {
            CliJson.Write(session.Screen.Output, PlanDocument.Of(session.DestinationName, plan), CliJson.Readable.PlanDocument);
            return;
        }

        foreach (PlannedPartition planned in plan.Where(planned => planned.Runs))
        {
            session.Screen.Output.WriteLine(PlanText.Line(planned));
        }

        if (plan.Any(planned => planned.Runs))
        {
            session.Screen.Output.WriteLine();
            SummaryText.WritePlan(session.Screen.Output, plan);
            session.Screen.Output.WriteLine($"A dry run: nothing was changed in {session.DestinationName}.");
        }
    }
}
