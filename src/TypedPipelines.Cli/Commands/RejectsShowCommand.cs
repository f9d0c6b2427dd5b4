using System.CommandLine;
using TypedPipelines.Cli.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>rejects show</c>: one row in quarantine, with all that is known of it. Changes nothing.</summary>
internal sealed class RejectsShowCommand : CliCommand
{
    private readonly Argument<string> _pipeline = new("pipeline") { Description = "The pipeline." };
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<int?> _number = NumberOption.Create("--number", "number", 1, "Which one, counted as rejects lists them. [default: 1]");

    internal RejectsShowCommand(CommandLauncher launch)
        : base("show", "Show one row in quarantine in full.")
    {
        Add(_pipeline);
        Add(_partition);
        Add(_number);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "rejects show flights                        the first that rejects lists",
        "rejects show flights --partition 2001-01-17 --number 3",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        PipelineDescriptor pipeline = session.Select([parsed.GetRequiredValue(_pipeline)])[0];
        string? key = KeyOf(pipeline, parsed.GetValue(_partition));
        int number = parsed.GetValue(_number) ?? 1;
        IReadOnlyList<RejectEntry> found = await session.Destination.Ledger.GetRejectsAsync(pipeline.Name, key, number, session.Stop).ConfigureAwait(false);
        if (found.Count < number)
        {
            string of = key is null ? pipeline.Name : $"{pipeline.Name} {key}";
            throw new PipelineException(
                FailureKind.Usage,
                found.Count == 0 ? $"no row of {of} is in quarantine" : $"{Invariant.Count(found.Count, "row")} of {of} {(found.Count == 1 ? "is" : "are")} in quarantine, and no number {Invariant.Text(number)}",
                "rejects list counts them.");
        }

        RejectText.WriteWhole(session.Screen.Output, found[number - 1]);
        return ExitCode.Done;
    }
}
