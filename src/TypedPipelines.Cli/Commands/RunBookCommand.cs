using System.CommandLine;
using TypedPipelines.Alerts;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Cli.RunBooks;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>runbook</c>: a page for each pipeline that says what to do at night. Asks no destination.</summary>
internal sealed class RunBookCommand : CliCommand
{
    internal const string DefaultFolder = "runbooks";

    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _output = new("--output", "-o") { Description = $"The folder of the pages. [default: {DefaultFolder}]", HelpName = "folder" };
    private readonly Option<bool> _check = new("--check") { Description = "Write nothing, and end with exit code 5 where a page is not what the code says." };

    internal RunBookCommand(CommandLauncher launch)
        : base("runbook", "Write a page for each pipeline: what it does, what to type, and what each failure means.")
    {
        Add(_pipelines);
        Add(_output);
        Add(_check);
        SetAction((parsed, _) => launch(parsed, session => Task.FromResult(Run(session, parsed))));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "runbook                                     write runbooks/flights.md and the others",
        "runbook --check                             in CI: is what is committed what the code says?",
    ];

    private int Run(CliSession session, ParseResult parsed)
    {
        string folder = parsed.GetValue(_output) ?? DefaultFolder;
        bool check = parsed.GetValue(_check);
        List<RunBookFile> files = [.. session.Select(parsed.GetValue(_pipelines) ?? []).Select(pipeline => FileOf(session, pipeline, folder))];
        TextWriter output = session.Screen.Output;
        if (!check)
        {
            foreach (RunBookFile file in files)
            {
                output.WriteLine(file.Write() ? $"{Visible.Of(file.Path)} written." : $"{Visible.Of(file.Path)} is what the code says.");
            }

            return ExitCode.Done;
        }

        int stale = 0;
        foreach (IReadOnlyList<string> differences in files.Select(file => file.Differences()).Where(differences => differences.Count > 0))
        {
            stale++;
            foreach (string line in differences)
            {
                session.Screen.Error.WriteLine(line);
            }
        }

        if (stale == 0)
        {
            output.WriteLine($"{Invariant.Count(files.Count, "run book")}: {(files.Count == 1 ? "it is" : "all are")} what the code says.");
            return ExitCode.Done;
        }

        string where = folder == DefaultFolder ? "" : $" with --output {folder}";
        session.Screen.Error.WriteLine($"{Invariant.Count(stale, "run book")} of {Invariant.Text(files.Count)} {(stale == 1 ? "is" : "are")} out of date: `runbook`{Visible.Of(where)} writes {(stale == 1 ? "it" : "them")} anew; then commit.");
        return ExitCode.OutOfDate;
    }

    private static RunBookFile FileOf(CliSession session, PipelineDescriptor pipeline, string folder) => new(
        Path.Combine(folder, RunBookPage.FileOf(pipeline.Name)).Replace('\\', '/'),
        new RunBook(session.Catalog, session.Catalog.Find(pipeline.Name)).Write());
}
