using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>checks</c>: what came of the declared checks in each partition's latest run. Changes nothing.</summary>
internal sealed class ChecksCommand : CliCommand
{
    private const int DefaultLimit = 20;

    private readonly Argument<string?> _pipeline = OnePipeline();
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<bool> _all = new("--all") { Description = "Also those that were passed." };
    private readonly Option<int?> _limit = NumberOption.Create("--limit", "results", 1, "How many at the most. [default: 20]");
    private readonly Option<bool> _json = Json();

    internal ChecksCommand(CommandLauncher launch)
        : base("checks", "Show which checks were not passed, and what they found.")
    {
        Add(_pipeline);
        Add(_partition);
        Add(_all);
        Add(_limit);
        Add(_json);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "checks                                      those that were not passed, of all pipelines",
        "checks flights --partition 2001-01-17 --all",
        "checks --json | jq -r .checks[].result.finding",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string? name = parsed.GetValue(_pipeline);
        PipelineDescriptor? pipeline = name is null ? null : session.Select([name])[0];
        int limit = parsed.GetValue(_limit) ?? DefaultLimit;
        bool all = parsed.GetValue(_all);
        IReadOnlyList<CheckEntry> found = await session.Destination.Ledger.GetChecksAsync(
            pipeline?.Name, KeyOf(pipeline, parsed.GetValue(_partition)), all, limit == int.MaxValue ? limit : limit + 1, session.Stop).ConfigureAwait(false);
        bool more = found.Count > limit;
        Screen screen = session.Screen;
        if (parsed.GetValue(_json))
        {
            CliJson.Write(screen.Output, ChecksDocument.Of(session.DestinationName, more, found.Take(limit)), CliJson.Readable.ChecksDocument);
            return ExitCode.Done;
        }

        foreach (CheckEntry entry in found.Take(limit))
        {
            CheckText.Write(screen.Output, entry);
        }

        if (found.Count == 0)
        {
            // Nothing is wrong with what nobody has looked at, either: that is another answer.
            bool any = !all && (await session.Destination.Ledger.GetChecksAsync(
                pipeline?.Name, KeyOf(pipeline, parsed.GetValue(_partition)), true, 1, session.Stop).ConfigureAwait(false)).Count > 0;
            screen.Output.WriteLine(any ? "Every check that was made was passed." : "No check was made.");
        }

        if (more)
        {
            screen.Error.WriteLine($"There are more than these {Invariant.Text(limit)}: --limit shows them.");
        }

        return ExitCode.Done;
    }
}
