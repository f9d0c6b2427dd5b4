using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>status</c>: what is loaded and what is not. Changes nothing.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<bool> _partitions = new("--partitions") { Description = "One line for each partition that is not complete, with its error." };
    private readonly Option<bool> _all = new("--all") { Description = "One line for each partition, also the complete ones." };
    private readonly Option<bool> _json = Json();

    internal StatusCommand(CommandLauncher launch)
        : base("status", "Show what is loaded, what failed and what is missing.")
    {
        Add(_pipelines);
        Add(_partitions);
        Add(_all);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "status                                      all pipelines, one line each",
        "status flights --partitions                 what is not complete, and why",
        "status --json | jq .pipelines[].failed",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        var states = new List<PipelineState>();
        DateTimeOffset now = session.Clock.GetUtcNow();
        foreach (PipelineDescriptor pipeline in session.Select(parsed.GetValue(_pipelines) ?? []))
        {
            states.Add(await PipelineState.ReadAsync(pipeline, session.Destination.Ledger, now, session.Stop).ConfigureAwait(false));
        }

        bool all = parsed.GetValue(_all);
        bool partitions = all || parsed.GetValue(_partitions);
        TextWriter output = session.Screen.Output;
        if (parsed.GetValue(_json))
        {
            CliJson.Write(
                output,
                StatusDocument.Of(session.DestinationName, states, partitions ? entry => all || entry?.State != PartitionState.Complete : null),
                CliJson.Readable.StatusDocument);
            return ExitCode.Done;
        }

        output.WriteLine(session.DestinationName);
        output.WriteLine();
        StatusText.Write(output, states);
        if (partitions)
        {
            output.WriteLine();
            StatusText.WritePartitions(output, states, all);
        }

        return ExitCode.Done;
    }
}
