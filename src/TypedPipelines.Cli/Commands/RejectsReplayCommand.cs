using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>rejects replay</c>: takes the rows in quarantine through today's code, by running their partitions again.</summary>
internal sealed class RejectsReplayCommand : CliCommand
{
    private readonly Argument<string?> _pipeline = OnePipeline();
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show which partitions would be run again, and change nothing." };
    private readonly Option<bool> _yes = LargeWork.Yes();
    private readonly Option<bool> _json = Json();
    private readonly Option<bool> _quiet = Quiet();

    internal RejectsReplayCommand(CommandLauncher launch)
        : base("replay", "Run the partitions with rows in quarantine again.")
    {
        Add(_pipeline);
        Add(_partition);
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
        "rejects replay flights                      once the code or the files are mended",
        "rejects replay flights --partition 2001-01-17",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string? name = parsed.GetValue(_pipeline);
        PipelineDescriptor? pipeline = name is null ? null : session.Select([name])[0];
        string? key = KeyOf(pipeline, parsed.GetValue(_partition));
        (IReadOnlyList<PlannedPartition> plan, IReadOnlyList<RejectCount> lost) = await session.Planner.PlanReplayAsync(name is null ? [] : [name], key, session.Stop).ConfigureAwait(false);
        foreach (IGrouping<(string Pipeline, string Partition), RejectCount> of in lost.GroupBy(count => (count.Pipeline, count.Partition)))
        {
            session.Screen.Error.WriteLine(Visible.Of(
                $"warning: {of.Key.Pipeline} {of.Key.Partition} has {Invariant.Count(of.Sum(count => count.Rows), "row")} in quarantine, and is no partition any more that {of.Key.Pipeline} can load. It is not replayed."));
        }

        bool json = parsed.GetValue(_json);
        if (parsed.GetValue(_dryRun))
        {
            await new PlanView(session, json).ShowAsync(plan).ConfigureAwait(false);
            return ExitCode.Done;
        }

        if (plan.Count == 0 && !json)
        {
            session.Screen.Output.WriteLine("No row is in quarantine that could be replayed.");
            return ExitCode.Done;
        }

        if (await LargeWork.IsRefusedAsync(session, plan, reloads: true, parsed.GetValue(_yes)).ConfigureAwait(false))
        {
            return ExitCode.NotAgreed;
        }

        long before = await CountAsync(session, plan).ConfigureAwait(false);
        bool quiet = parsed.GetValue(_quiet);
        int code = await new PlanRun(session, json, quiet, Summary: !json).ExecuteAsync(plan).ConfigureAwait(false);
        if (!json)
        {
            long after = await CountAsync(session, plan).ConfigureAwait(false);
            session.Screen.Output.WriteLine($"{Invariant.Count(before, "row")} {(before == 1 ? "was" : "were")} in quarantine, {Invariant.Text(after)} {(after == 1 ? "is" : "are")} now.");
        }

        return code;
    }

    private static async Task<long> CountAsync(CliSession session, IReadOnlyList<PlannedPartition> plan)
    {
        long rows = 0;
        foreach (PlannedPartition planned in plan)
        {
            IReadOnlyList<RejectCount> counts = await session.Destination.Ledger.CountRejectsAsync(planned.Pipeline.Descriptor.Name, planned.Partition.Key, CancellationToken.None).ConfigureAwait(false);
            rows += counts.Sum(count => count.Rows);
        }

        return rows;
    }
}
