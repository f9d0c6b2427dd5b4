using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>prepare</c>: creates what is missing of tables and ledger, and loads nothing. For whoever may create tables, where the loader may not.</summary>
internal sealed class PrepareCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();

    internal PrepareCommand(CommandLauncher launch)
        : base("prepare", "Create what is missing of the tables, bring them to their contracts' shape, and load nothing.")
    {
        Add(_pipelines);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "prepare                                     the tables of all pipelines",
        "prepare flights                             of one",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        IReadOnlyList<PipelineDescriptor> pipelines = session.Select(parsed.GetValue(_pipelines) ?? []);
        IReadOnlyDictionary<string, PipelineException> refused = await session.PrepareAsync(pipelines).ConfigureAwait(false);
        foreach (PipelineDescriptor pipeline in pipelines)
        {
            string tables = string.Join(", ", pipeline.Loads.Select(load => load.Contract.DisplayName));
            if (!refused.TryGetValue(pipeline.Name, out PipelineException? refusal))
            {
                session.Screen.Output.WriteLine($"{pipeline.Name}: {tables} {(pipeline.Loads.Count == 1 ? "has" : "have")} the shape of {(pipeline.Loads.Count == 1 ? "its contract" : "their contracts")}");
                continue;
            }

            foreach (string line in Wrapping.Lines(Visible.Of($"{pipeline.Name} REFUSED: {refusal.What}."), session.Screen.Width, 4).Concat(Wrapping.Lines("    " + Visible.Of(refusal.Next), session.Screen.Width, 4)))
            {
                session.Screen.Error.WriteLine(line);
            }
        }

        return refused.Count == 0 ? ExitCode.Done : ExitCode.Destination;
    }
}
