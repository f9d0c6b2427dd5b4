using System.CommandLine;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>list</c>: the pipelines and what they are made of. Asks no destination.</summary>
internal sealed class ListCommand : CliCommand
{
    internal ListCommand(CommandLauncher launch)
        : base("list", "Show the pipelines: owner, partitions, sources, steps and tables.")
    {
        Option<bool> json = Json();
        Add(json);
        SetAction((parsed, _) => launch(parsed, session => Task.FromResult(Run(session, parsed.GetValue(json)))));
    }

    internal override IReadOnlyList<string> Examples { get; } = ["list", "list --json | jq -r .pipelines[].name"];

    private static int Run(CliSession session, bool json)
    {
        List<PipelineDescriptor> pipelines = [.. session.Catalog.Pipelines.Select(pipeline => pipeline.Descriptor)];
        if (json)
        {
            CliJson.Write(session.Screen.Output, ListDocument.Of(pipelines), CliJson.Readable.ListDocument);
            return ExitCode.Done;
        }

        if (pipelines.Count == 0)
        {
            session.Screen.Error.WriteLine("No pipeline is registered: call AddPipelines() in Program.cs.");
        }

        for (int i = 0; i < pipelines.Count; i++)
        {
            session.Screen.Output.Write(i == 0 ? "" : Environment.NewLine);
            PipelineText.Write(session.Screen.Output, pipelines[i]);
        }

        return ExitCode.Done;
    }
}
