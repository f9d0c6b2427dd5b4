using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>undo</c>: puts back what the last load of one partition replaced, where the contracts have it kept.</summary>
internal sealed class UndoCommand : CliCommand
{
    private readonly Argument<string> _pipeline = new("pipeline") { Description = "The pipeline." };
    private readonly Option<string?> _partition = new("--partition", "-p")
    {
        Description = "The partition's key, such as 2001-01-31; left out only where there is but one.",
        HelpName = "key",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be put back, and change nothing." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly Option<bool> _json = Json();

    internal UndoCommand(CommandLauncher launch)
        : base("undo", "Undo the last load of one partition, where what it replaced is kept.")
    {
        Add(_pipeline);
        Add(_partition);
        Add(_dryRun);
        Add(LoadOptions.LockWait());
        Add(_yes);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "undo flights --partition 2001-01-17         put back what was there before its last load",
        "undo flights --partition 2001-01-17 --yes   the same without a terminal",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        PipelineDescriptor pipeline = session.Select([parsed.GetRequiredValue(_pipeline)])[0];
        string? typed = parsed.GetValue(_partition);
        if (typed is null && pipeline.Partitions.Kind != PartitionScheme.None.Kind)
        {
            throw new PipelineException(FailureKind.Usage, $"undo takes back one partition of {pipeline.Name}, and none is named", "Name it with --partition; `status` shows which were loaded last.");
        }

        Partition partition = session.Planner.PlanOne(pipeline.Name, typed).Partition;
        PipelineRunner runner = await session.StartAsync().ConfigureAwait(false);
        bool dryRun = parsed.GetValue(_dryRun);
        if (!dryRun && pipeline.Loads.All(load => load.Contract.KeepsReplaced))
        {
            // A table of kept rows that is gone, or has another shape, keeps nothing: that is found out here.
            await session.PrepareAsync([pipeline]).ConfigureAwait(false);
        }

        ReplacedLoad? replaced = await runner.FindReplacedAsync(pipeline, partition, session.Stop).ConfigureAwait(false);
        string name = Visible.Of($"{pipeline.Name} {partition.Key}");
        bool json = parsed.GetValue(_json);
        if (replaced is null)
        {
            Tell(session, json, pipeline, partition, null, [], $"The last load of {name} has been undone already.");
            return ExitCode.Done;
        }

        string what = $"the load of {name} by run {replaced.RunId} is to be undone: {Before(replaced)}";
        if (dryRun)
        {
            Tell(session, json, pipeline, partition, replaced, [], $"{char.ToUpperInvariant(what[0])}{what[1..]}.");
            return ExitCode.Done;
        }

        if (!parsed.GetValue(_yes)
            && !await Agreement.IsGivenAsync(session, what, "Undo it?", "See it with --dry-run; then add --yes").ConfigureAwait(false))
        {
            return ExitCode.NotAgreed;
        }

        IReadOnlyList<LoadedTable> tables = await runner.UndoAsync(pipeline, partition, replaced, session.Stop).ConfigureAwait(false);
        string rows = string.Join(", ", tables.Select(table => $"{Invariant.Count(table.Deleted, "row")} of {Visible.Of(table.Table)} deleted, {Invariant.Text(table.Inserted)} put back"));
        Tell(session, json, pipeline, partition, replaced, tables, $"{name} is as it was before run {replaced.RunId}: {rows}. What was made of it is stale; `backfill` loads that again.");
        return ExitCode.Done;
    }

    private static string Before(ReplacedLoad replaced) => replaced switch
    {
        { LoadedRunId: null } => "there was none before it, and the partition will be missing again",
        _ => $"what run {replaced.LoadedRunId} had loaded ({Invariant.Count(replaced.Rows, "row")}) takes its place, and the partition will be {replaced.State!.Value.ToString().ToLowerInvariant()} again",
    };

    private void Tell(
        CliSession session, bool json, PipelineDescriptor pipeline, Partition partition, ReplacedLoad? replaced, IReadOnlyList<LoadedTable> tables, string text)
    {
        if (json)
        {
            CliJson.Write(session.Screen.Output, UndoDocument.Of(session.DestinationName, pipeline, partition, replaced, tables), CliJson.Readable.UndoDocument);
        }
        else
        {
            session.Screen.Output.WriteLine(text);
        }
    }
}
