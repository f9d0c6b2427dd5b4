using System.CommandLine;
using TypedPipelines.Alerts;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>late</c>: the partitions that were due and are not complete. For a scheduler, every few minutes: what nothing runs tells nobody that it is late.</summary>
internal sealed class LateCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<bool> _json = Json();

    internal LateCommand(CommandLauncher launch)
        : base("late", "Show the partitions that were due and are not complete, and have alerts sent of them.")
    {
        Add(_pipelines);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "late                                        of all pipelines that say when they are due",
        "late --json | jq -r .partitions[].key",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        IReadOnlyList<PipelineDescriptor> pipelines = session.Select(parsed.GetValue(_pipelines) ?? []);
        PipelineRunner runner = await session.StartAsync().ConfigureAwait(false);
        IReadOnlyList<LatePartition> late = await runner.FindLateAsync(pipelines, session.Stop).ConfigureAwait(false);
        TextWriter output = session.Screen.Output;
        if (parsed.GetValue(_json))
        {
            CliJson.Write(output, LateDocument.Of(session.DestinationName, late), CliJson.Readable.LateDocument);
        }
        else if (late.Count == 0)
        {
            output.WriteLine(pipelines.Any(pipeline => pipeline.Partitions.DueWithin is not null) ? "No partition is late." : "No pipeline says when it is due: set DueWithin beside its start.");
        }
        else
        {
            var table = new TextTable("pipeline", "partition", "state", "due", "owner");
            foreach (LatePartition each in late)
            {
                table.Add(each.Pipeline.Name, Visible.Of(each.Partition.Key), each.State?.ToString().ToLowerInvariant() ?? "missing", Invariant.Text(each.Due), Visible.Of(each.Pipeline.Owner));
            }

            table.Write(output);
        }

        return late.Count == 0 ? ExitCode.Done : ExitCode.OutOfDate;
    }
}
