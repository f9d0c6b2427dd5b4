using System.CommandLine;
using System.Text;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Cli.Reports;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>report</c>: the state of pipelines as one HTML file. Changes nothing in the destination.</summary>
internal sealed class ReportCommand : CliCommand
{
    private const string DefaultFile = "report.html";

    private readonly Argument<string[]> _pipelines = Pipelines();
    private readonly Option<string?> _output = new("--output", "-o") { Description = $"The file to write. [default: {DefaultFile}]", HelpName = "file" };

    internal ReportCommand(CommandLauncher launch)
        : base("report", "Write what is loaded, how long it took and what is wrong as one HTML file.")
    {
        Add(_pipelines);
        Add(_output);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } = ["report                                      report.html, of all pipelines", "report flights --output flights.html"];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string file = parsed.GetValue(_output) ?? DefaultFile;
        DateTimeOffset now = session.Clock.GetUtcNow();
        var reports = new List<PipelineReport>();
        foreach (PipelineDescriptor pipeline in session.Select(parsed.GetValue(_pipelines) ?? []))
        {
            reports.Add(await PipelineReport.ReadAsync(pipeline, session.Destination.Ledger, now, session.Stop).ConfigureAwait(false));
        }

        try
        {
            await File.WriteAllTextAsync(file, ReportPage.Of(session.DestinationName, now, reports), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), session.Stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PipelineException(FailureKind.Usage, $"{file} cannot be written: {e.Message.TrimEnd('.')}", "Name a file in a folder that is there, which this account may write.", e);
        }

        session.Screen.Output.WriteLine($"{Visible.Of(file)} written: {Invariant.Count(reports.Count, "pipeline")}.");
        return ExitCode.Done;
    }
}
