using System.CommandLine;
using System.Text;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Commands;

/// <summary><c>rejects export</c>: the rows in quarantine as a file, for whoever mends them. Changes nothing in the destination.</summary>
internal sealed class RejectsExportCommand : CliCommand
{
    private readonly Argument<string?> _pipeline = OnePipeline();
    private readonly Option<string?> _partition = OnePartition();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write, which must not be there yet; the standard output where none is named.", HelpName = "file" };
    private readonly Option<string> _format = new("--format") { Description = "csv, or jsonl for JSON Lines. [default: by the file's name, else jsonl]", HelpName = "format" };

    internal RejectsExportCommand(CommandLauncher launch)
        : base("export", "Write the rows in quarantine as CSV or JSON Lines.")
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl");
        Add(_pipeline);
        Add(_partition);
        Add(_output);
        Add(_format);
        SetAction((parsed, _) => launch(parsed, session => RunAsync(session, parsed)));
    }

    internal override IReadOnlyList<string> Examples { get; } =
    [
        "rejects export flights --output rejects.csv",
        "rejects export flights --partition 2001-01-17 --format jsonl",
    ];

    private async Task<int> RunAsync(CliSession session, ParseResult parsed)
    {
        string? name = parsed.GetValue(_pipeline);
        PipelineDescriptor? pipeline = name is null ? null : session.Select([name])[0];
        IReadOnlyList<RejectEntry> rejects = await session.Destination.Ledger.GetRejectsAsync(
            pipeline?.Name, KeyOf(pipeline, parsed.GetValue(_partition)), int.MaxValue, session.Stop).ConfigureAwait(false);
        string? file = parsed.GetValue(_output);
        bool csv = parsed.GetValue(_format) is { } format ? format == "csv" : file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true;
        if (file is null)
        {
            Write(session.Screen.Output, rejects, csv);
            return ExitCode.Done;
        }

        using (var writer = new StreamWriter(Create(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            Write(writer, rejects, csv);
        }

        session.Screen.Output.WriteLine($"{Invariant.Count(rejects.Count, "row")} written to {Visible.Of(file)}.");
        return ExitCode.Done;
    }

    private static void Write(TextWriter writer, IReadOnlyList<RejectEntry> rejects, bool csv)
    {
        if (csv)
        {
            RejectExport.WriteCsv(writer, rejects);
        }
        else
        {
            RejectExport.WriteJsonLines(writer, rejects);
        }
    }

    private static FileStream Create(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PipelineException(FailureKind.Usage, $"{file} cannot be written: {e.Message.TrimEnd('.')}", "Name a file that is not there yet, in a folder that is.", e);
        }
    }
}
