using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>rejects</c>: the rows that were kept out, and why. Changes nothing.</summary>
internal sealed class RejectsCommand : CliCommand
{
    private const int DefaultLimit = 20;

    private readonly Argument<string?> _pipeline = OnePipeline();
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<int?> _limit = NumberOption.Create("--limit", "rows", 1, "How many at the most. [default: 20]");
    private readonly Option<bool> _json = Json();

    internal RejectsCommand(CommandLauncher launch)
        : base("rejects", "Show the rows that were kept out of the tables, and why.")
    {
        Add(new RejectsListCommand(launch));
        Add(new RejectsShowCommand(launch));
        Add(new RejectsExportCommand(launch));
        Add(new RejectsReplayCommand(launch));
        Add(_pipeline);
        Add(_partition);
        Add(_limit);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "rejects                                     the newest, of all pipelines",
        "rejects flights --partition 2001-01-17 --limit 100",
        "rejects flights --json | jq -r .rejects[].raw",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string? name = parsed.GetValue(_pipeline);
        PipelineDescriptor? pipeline = name is null ? null : session.Select([name])[0];
        int limit = parsed.GetValue(_limit) ?? DefaultLimit;
        // One more than is shown tells whether there are more; the largest number has none after it.
        IReadOnlyList<RejectEntry> found = await session.Destination.Ledger.GetRejectsAsync(
            pipeline?.Name, KeyOf(pipeline, parsed.GetValue(_partition)), limit == int.MaxValue ? limit : limit + 1, session.Stop).ConfigureAwait(false);
        bool more = found.Count > limit;
        Screen screen = session.Screen;
        if (parsed.GetValue(_json))
        {
            CliJson.Write(screen.Output, RejectsDocument.Of(session.DestinationName, more, found.Take(limit)), CliJson.Readable.RejectsDocument);
            return ExitCode.Done;
        }

        foreach (RejectEntry entry in found.Take(limit))
        {
            RejectText.Write(screen.Output, entry);
        }

        if (found.Count == 0)
        {
            screen.Output.WriteLine("No row is in quarantine.");
        }

        if (more)
        {
            screen.Error.WriteLine($"There are more than these {Invariant.Text(limit)}: --limit shows them.");
        }

        return ExitCode.Done;
    }
}
