using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>rejects list</c>: how many rows are in quarantine, and for which reasons. Changes nothing.</summary>
internal sealed class RejectsListCommand : CliCommand
{
    private readonly Argument<string?> _pipeline = OnePipeline();
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<bool> _json = Json();

    internal RejectsListCommand(CommandLauncher launch)
        : base("list", "Count the rows in quarantine by partition and reason.")
    {
        Add(_pipeline);
        Add(_partition);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } = ["rejects list                                what is in quarantine, and why", "rejects list flights --json | jq .counts[].rows"];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string? name = parsed.GetValue(_pipeline);
        PipelineDescriptor? pipeline = name is null ? null : session.Select([name])[0];
        IReadOnlyList<RejectCount> counts = await session.Destination.Ledger.CountRejectsAsync(pipeline?.Name, KeyOf(pipeline, parsed.GetValue(_partition)), session.Stop).ConfigureAwait(false);
        TextWriter output = session.Screen.Output;
        if (parsed.GetValue(_json))
        {
            CliJson.Write(output, RejectCountsDocument.Of(session.DestinationName, counts), CliJson.Readable.RejectCountsDocument);
        }
        else if (counts.Count == 0)
        {
            output.WriteLine("No row is in quarantine.");
        }
        else
        {
            var table = new TextTable("pipeline", "partition", ">rows", "rejected by", "column", "reason");
            foreach (RejectCount count in counts)
            {
                table.Add(Visible.Of(count.Pipeline), Visible.Of(count.Partition), Invariant.Text(count.Rows), Visible.Of(count.Source), Visible.Of(count.Column ?? ""), Visible.Of(count.Reason));
            }

            table.Write(output);
        }

        return ExitCode.Done;
    }
}
