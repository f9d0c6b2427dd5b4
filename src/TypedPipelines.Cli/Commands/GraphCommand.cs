using System.CommandLine;
using TypedPipelines.Cli.Graphs;
using TypedPipelines.Cli.Hosting;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>graph</c>: sources, steps and tables as a picture in words. Asks no destination.</summary>
internal sealed class GraphCommand : CliCommand
{
    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string> _format = new("--format") { Description = "mermaid, or dot for Graphviz. [default: mermaid]", HelpName = "format" };
    private readonly Option<bool> _columns = new("--columns") { Description = "With the columns of the tables." };

    internal GraphCommand(CommandLauncher launch)
        : base("graph", "Draw sources, steps and tables, for Mermaid or Graphviz.")
    {
        _format.AcceptOnlyFromAmong("mermaid", "dot");
        Add(_pipelines);
        Add(_format);
        Add(_columns);
        SetAction((parsed, _) => launch(parsed, session => Task.FromResult(Run(session, parsed))));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "graph > pipelines.mmd                       all pipelines, for Mermaid",
        "graph flights --format dot | dot -Tsvg > flights.svg",
    ];

    private int Run(CliSession session, ParseResult parsed)
    {
        PipelineGraph graph = PipelineGraph.Of(session.Select(parsed.GetValue(_pipelines) ?? []));
        bool columns = parsed.GetValue(_columns);
        session.Screen.Output.Write(parsed.GetValue(_format) == "dot" ? DotText.Of(graph, columns) : MermaidText.Of(graph, columns));
        return ExitCode.Done;
    }
}
